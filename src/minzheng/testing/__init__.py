"""For the tests of those who build on the library.

:mod:`minzheng.testing.store_conformance` is the suite that every storage adapter
passes; :mod:`minzheng.testing.strategies` makes persons and households for
hypothesis. Both need their own packages (``pytest``, ``hypothesis``) and are
imported by name.
"""
