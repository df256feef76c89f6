"""An invented organisation and the Okta System Log that its people leave behind.

Everything is made up: people at example.com, addresses from the ranges that RFC 2544, RFC 3849 and RFC 5737 set aside,
autonomous systems from RFC 5398. Names of event types, fields and their odd spellings are Okta's.
"""
