"""A log as it looks after an accident, and what exactly a reader must say of it.

What counts, line by line (a line ends at byte 0x0A, nothing else ends one):

- an event counts one, in whatever shape it is wrapped; a list of k events counts k, in an array as in an envelope;
- what is in a list or stands alone and is no event counts one, rejected;
- objects that follow each other on a line count one each; commas and white space between or behind them count nothing;
- a line that ends before its object does counts one, rejected, behind the whole objects that stand before it;
- a line that begins with neither `{` nor `[` counts one, rejected, whatever follows on it;
- a line of white space counts nothing;
- of the events with one uuid the first that is accepted counts as accepted, every later one as a duplicate.
"""
