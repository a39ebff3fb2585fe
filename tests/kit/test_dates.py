"""Dates as precise as their source."""

import pytest
from django.core.exceptions import ValidationError

from kit.dates import date_in_words, machine_date, validate_date, years_of


@pytest.mark.parametrize(
    ("raw", "words", "years", "machine"),
    [
        ("2016", "2016", [2016], "2016"),
        ("2016-11", "novembre 2016", [2016], "2016-11"),
        ("2016-11-30", "30 novembre 2016", [2016], "2016-11-30"),
        ("2014-04-01", "1er avril 2014", [2014], "2014-04-01"),
        ("2015/2016", "2015 et 2016", [2015, 2016], "2015"),
        ("2012/2015", "de 2012 à 2015", [2012, 2013, 2014, 2015], "2012"),
        ("", "", [], ""),
        ("n’importe quoi", "", [], ""),
    ],
)
def test_a_date_is_told_in_words_with_its_years(raw, words, years, machine):
    assert (date_in_words(raw), years_of(raw), machine_date(raw)) == (words, years, machine)


@pytest.mark.parametrize(
    "raw",
    ["16", "2016-13", "2015-02-29", "2016/2015", "2016/2016", "0042", "9999", "novembre", "2016-1", "٢٠١٦", "2016\n"],
)
def test_a_bad_date_is_refused_in_french(raw):
    with pytest.raises(ValidationError, match=r"date|année|jour"):
        validate_date(raw)
