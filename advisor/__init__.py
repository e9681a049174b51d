"""An expert system shell: YAML knowledge in, one recommendation out, with every reason.

The package names nothing of any field; what it knows stands in the two folders it is given. How the modules
build on each other, lower ones first (`tests/test_architecture.py` holds them to it):

    errors          a place in a file, a problem, and how problems are shown
    files           text or bytes -> a file, wholly or not at all
    words           the templates of text that several parts speak
    phrases         those of the interview
    knowledge: what authors wrote, read and held to its word
        source          YAML text -> plain data that remembers its places
        slots           the blanks in texts
        written         what authors write: one frozen pydantic model for each kind of item
        written_evidence   the same for surveys, laws and the rules of platforms
        written_scenarios  the same for scenarios, and what should come of them
        written_plan    the same for plans: settings, prompts and calls to act
        shape           documents -> written items; what pydantic finds wrong, in our words
        condition       tests of facts, joined by all, any and unless
        model           what was written, resolved: facts, rules, choices, layers
        evidence        survey rows and constraints -> rules, by one stated formula
        layers          which rules must wait for which
        names           names looked up in what was written
        terms           what rules can speak of, each known by its name
        conditions      conditions as written -> tests of facts
        resolve         written rules -> rules: every name looked up, every condition typed
        resolve_plan    what is written of plans -> the plan, every name looked up
        resolve_scenarios  what is written of scenarios -> clients, and what they should be told
        load            two folders -> Knowledge, every problem reported together
        warm            Knowledge that was loaded before, kept ready in the user's cache folder
        written_schema  the JSON schema of an item as authors may write it
        schemas         JSON schemas for editors
    inference: a case and the rules -> what fired, and what was decided
        case            answers of one client on one date
        translate       a rule -> the form the engine takes
        engine          the only module that knows durable-rules
        remedy          the one value of one fact that would make a condition hold
        trace           what fired, what nearly fired, what points were given
        decide          points -> the options picked
        consult         case + knowledge -> Consultation: the one front door
        variation       the same client with other answers, quickly
        near            rules that one fact alone would make fire
    foresight: all that a client with open questions may yet turn out to be
        columns         the rules over NumPy columns: many clients at once
        possible        the answers a question can get, and how likely each is
        certainty       what is certain whatever the open questions are answered
        crowd           possible clients, drawn once
        inquiry         which question is worth asking next
        surety          how sure a decision is
    proof: the rules as logic: what is so for every answer
        logic           a ground answer-set program, built gate by gate
        openings        the other answers that a client could give, told apart as finely as rules do
        grounding       the rules and one case -> a ground answer-set program
        solver          the only module that knows clingo
        apart           two versions of the knowledge: whether there is a client for whom they decide differently
        everyone        all possible clients of one day: whether there is one of whom something is so
        otherwise       rules that ask something else: whether they would fire for other clients
        flips           the smallest changes of answers that make an option win
    language: values, conditions and answers in words
        values          values and lists in words
        english         a rule, a firing, a near miss as a sentence
        reply           what a person types -> an answer, or why it is none
    reasoning: a consultation -> why, why not, how sure, and what if, as plain data
        wording         what reasoning says
        strategy        Consultation -> the strategy as plain data (the JSON contract)
        balance         the part of the strategy about one choice, or why an option was not picked
        contrast        why this option and not that one, and the answer that would bring it closest
        reasons         answers, rules, decisions and lines as one graph
        how             the way from the answers to one line, step by step
        assurance       what `surety` has found, as plain data and sentences
        overturn        what `flips` has found, as plain data
        difference      what other answers change: two strategies compared
        stakes          what each answer to a question is worth, and between which options it decides
    checking: whether the knowledge does what its scenarios and claims expect
        wording         what checks say
        expected        for whom the expectations of a scenario are met
        rehearse        scenarios played through: is what they expect said
        uncovered       rules that fire in no scenario
        unused          what is defined and nothing uses
        ageing          sources that somebody should look at again
        reading         texts that are hard to read
        accept          findings that stay as they are, with the reason
        space           all clients on all days, and how a finding about them is told
        unreachable     rules that cannot fire
        parts           the parts of a condition, and what the rule would ask without each
        vain            parts of conditions that decide nothing
        removal         a rule taken away from many clients at once
        decisive        rules that never change anything
        doubled         rules that say again what another says
        contradiction   rules that contradict each other
        outcomes        options nobody gets, choices and sections that leave somebody with nothing
        alike           answers that no rule tells apart
        proofs          every check of the whole space
        certificate     what is guaranteed to every client
        check           every plain check
        reach           which clients make each rule fire, and which nearly
        sample          the clients by whom two versions are compared
        bystanders      clients beside those of the scenarios
        mutants         slips of the pen: one strength, condition or exclusion otherwise
        mutation        how many of them the scenarios notice
        versions        a folder or a git revision -> Knowledge
        edits           what was edited between two versions, each edit made alone in memory
        example         a client for whom two versions differ: one drawn, one around an edit, or one found by proof
        upshot          which results turn, for whom, and which single edit makes them turn
        claims          where each claim is at work, and what it changes
    presentation: plain data -> text, Markdown and graphs
        wording         what stands on a page beside the strategy itself
        cited           where a statement comes from, in words
        page            a page of text on a terminal or in a pipe
        markdown        the strategy -> Markdown
        render          the strategy -> text
        blocks          headings, paragraphs and points, on the terminal and in Markdown
        explain         what `balance`, `contrast` and `overturn` say -> text and Markdown
        show_how        the way to a line -> such a text
        show_change     their difference -> such a text
        show_reach      coverage by rule -> a table
        show_upshot     the difference of two versions -> headings, paragraphs and points
        show_mutants    what the scenarios make of slips -> text
        diagram         a graph of reasons -> Graphviz dot and Mermaid
        explanation     every question about a strategy, with every form of its answer
        findings        what checks have found -> text, short lines, JSON and SARIF
    documents: the strategy as files to edit, print and plan with
        wording         what stands in documents beside the strategy itself
        handout         the strategy as every document tells it: chapters, balance, roadmap, numbered sources
        typeset         the only module that knows typst
        logo            a picture as people have it -> an SVG, which every document can draw
        brand           the logo and the colour of whoever hands a document over
        pdf             the handout -> PDF to read, print and hand over
        ooxml           what Word files can hold and python-docx has no words for
        house           a Word file whose styles other documents take over
        word            the handout -> a Word file to go on writing in
        turns           turns in proportion to weights
        year            days of the year: seasons, and the public holidays that countries share
        plan            a consultation -> posts, week by week
        sheet           the plan, money, measures and a balance -> a workbook
        calendar        the plan and the dated tasks -> a calendar
        formats         every format a strategy can be exported to
        export          the strategy -> a file in one of these formats
    interview: questions and answers: what is asked next, and where it is kept
        questionnaire   the state of one interview
        terminal        shows lines to a person and takes the one that is typed
        keep            a person's answers in a file
        book            a person's answers in a database, for that person only
        conversation    asks a person, one question at a time
    commands: what can be typed
        usage           what the command line says of itself
        screen          results on the standard output, problems and progress on the standard error
        home            where knowledge and rules stand, and what is read from there
        shell           what all commands share
        clients         commands about one client
        upkeep          commands for whoever keeps knowledge and rules
    cli             the command line
    __main__        `python -m advisor`
"""
