"""Is it fair? One group beside the others, out of released figures alone.

counts.py     what is printed of a group, of everybody else, of the whole; or why it is not
beside.py     risk ratio, relative rate, access gap, share and representation of each group
state.py      everybody else in the state, as the state printed them
years.py      the same ratio over the years that the federal rule looks back
grownups.py   the staff's groups beside the students'
dashboard.py  the state's status, change and color
words.py      numbers, how sure they are, and why one is not told, in words
tables.py     the page's tables, the same for the screen and for paper
page.py       what the page says: strengths first, then where to look
file.py       the same as a file

Nothing here counts anybody or opens the mart. Whoever has the printed counts can reckon every
figure, so none tells more than they do; and where a count that it needs is withheld, so is it.
"""
