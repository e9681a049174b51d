"""The only module that knows clingo: whether a program can hold, and how.

A solver keeps what it has learnt from one question to the next, and a program may grow in between. Its patience is counted in
conflicts, not in seconds, so that it gives up on the same questions on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable

import clingo

from advisor.proof.logic import NEVER, Clause, Free, Program, Sum, Truth

PATIENCE = 20_000  # conflicts over one question, a third of a second or so; what is asked in earnest takes some hundred

Model = frozenset[Truth]  # the free atoms that hold, and those of others that are shown


class UndecidedError(Exception):
    """A question that would take longer than the solver's patience."""


class Solver:
    """Asks about one program, again and again."""

    def __init__(self, program: Program, patience: int = PATIENCE) -> None:
        self._program, self._read = program, 0
        self._control = clingo.Control(["--warn=none"])
        settings = self._control.configuration.solve
        assert isinstance(settings, clingo.Configuration)
        self._settings = settings
        self._settings.solve_limit = str(patience)
        self._atoms: dict[Truth, int] = {}
        self._shown: list[Truth] = []

    def show(self, atoms: Iterable[Truth]) -> None:
        """From now on, let models tell of these atoms, which are in the program, too."""
        self._take_in()
        self._shown += [atom for atom in dict.fromkeys(atoms) if atom in self._atoms]

    def model(self, *assumed: Truth) -> Model | None:
        """A way in which all of these hold, or nothing if there is none. Raises UndecidedError."""
        return next(iter(self.models(*assumed, most=1)), None)

    def models(self, *assumed: Truth, most: int) -> list[Model]:
        """Up to so many ways in which all of these hold. Raises UndecidedError if it cannot say whether these are all."""
        if NEVER in assumed:
            return []
        self._take_in()
        self._settings.models = most
        with self._control.solve(assumptions=[self._literal(truth) for truth in assumed], yield_=True) as answers:
            found = [frozenset(atom for atom in self._shown if answer.is_true(self._atoms[atom])) for answer in answers]
            if answers.get().unknown:
                raise UndecidedError
        return found

    def _take_in(self) -> None:
        """Hand clingo the statements that it has not seen."""
        fresh, self._read = self._program.statements[self._read :], len(self._program.statements)
        if not fresh:
            return
        with self._control.backend() as backend:
            for statement in fresh:
                match statement:
                    case Free(atom):
                        self._shown.append(atom)
                        backend.add_rule([self._known(atom, backend)], [], choice=True)
                    case Clause(head, body):
                        backend.add_rule([self._known(head, backend)] if head else [], [self._known(truth, backend) for truth in body])
                    case Sum(head, bound, weights):
                        backend.add_weight_rule([self._known(head, backend)], bound, [(self._known(truth, backend), weight) for truth, weight in weights])

    def _known(self, truth: Truth, backend: clingo.Backend) -> int:
        if abs(truth) not in self._atoms:
            self._atoms[abs(truth)] = backend.add_atom()
        return self._literal(truth)

    def _literal(self, truth: Truth) -> int:
        atom = self._atoms[abs(truth)]
        return atom if truth > 0 else -atom
