"""The advisor in the browser: thin pages over `advisor`, drawn with Streamlit.

Whoever is above may be imported by those below:

    texts       every text of the pages that is not knowledge; those of the library and of the reasoning stand in files of their own
    known       what all visitors share: the knowledge, the client book, strategies worked out lately
    record      what is kept about one client
    visit       one visitor: which browser, which client, what was answered
    show        drawing: texts that cannot act as markup, bars, rules, lines with all that is behind them
    shelves     the cards, tables and bars of the library
    picture     a graph of reasons, drawn so that it can be pressed and read
    steps       what each layer, or each rule, added
    asking      a question and what a person can answer
    views       the pages
    app         the frame around every page
    __main__    starts the server on this machine
"""
