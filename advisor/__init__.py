"""An expert system shell: YAML knowledge in, one recommendation out, with every reason.

The package names nothing of any field; what it knows stands in the two folders it is given. How the modules
build on each other, lower ones first (`tests/test_architecture.py` holds them to it):

    errors      a place in a file, a problem, and how problems are shown
    source      YAML text -> plain data that remembers its places
    words       every template of text that the package itself speaks
    written     what authors write: one frozen pydantic model for each kind of item
    condition   tests of facts, joined by all, any and unless
    knowledge   what was written, resolved: facts, rules, choices, layers
    evidence    survey rows and constraints -> rules, by one stated formula
    layers      which rules must wait for which
    load        two folders -> Knowledge, every problem reported together
    case        answers of one client on one date
    translate   a rule -> the form the engine takes
    engine      the only module that knows durable-rules
    trace       what fired, what nearly fired, what points were given
    decide      points -> the options picked
    consult     case + knowledge -> Consultation: the one front door
    english     a rule, a firing, a near miss as a sentence
    strategy    Consultation -> the strategy as plain data (the JSON contract)
    render      the strategy -> text and Markdown
    interview   asks a person, one question at a time
    schemas     JSON schemas for editors
    cli         the command line
"""
