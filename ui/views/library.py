"""To come."""

import streamlit as st

st.title("…")
# NOTE FROM THE LEAD (not to be committed): views/library.py and views/reasoning.py (with the step-through) are now being written by
# another person in /work/wt/views. Leave these two files as stubs and go on with everything else (strategy, what if, tests, looks).
# Commit what works now, please: the other person builds on your committed frame.
