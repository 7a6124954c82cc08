"""The interface kit: what every page is made of.

Tokens, the page shell, components, accessible forms, dates in words, charts with their tables
and tagged PDF. It owns no table and knows no word of any room: it can be lifted out and used
for another house.
"""
