"""What each kind of finding says: what it is, and how to mend it. As in `oneroster.words`."""

from hearth.imports.oneroster.words import FAULTS as OF_ROSTERS
from hearth.imports.oneroster.words import Words, gettext_noop

_ = gettext_noop

OWN_FAULTS: dict[str, Words] = {
    "column_not_here": Words(
        _("There is no column %(column)s in this file."),
        _("Say on the page “Which column is which?” where we find it, or export it again."),
    ),
    "columns_not_known": Words(
        _("We cannot tell which column is which: %(missing)s."),
        _("Say it once on the page “Which column is which?”. It is remembered."),
    ),
    "code_unknown": Words(
        _(
            "We do not know what %(value)s means here. It stands on %(rows)s rows, first on "
            "this one."
        ),
        _("Say once what it means. It is remembered for files of this source."),
    ),
    "day_unreadable": Words(
        _("%(column)s is not a date we can read%(shown)s."),
        _("Write dates in one way, for example 2025-08-18 or 8/18/2025."),
    ),
    "day_in_future": Words(
        _("The day is later than today (%(value)s)."),
        _("Correct the date, or look whether day and month are the other way round."),
    ),
    "number_unreadable": Words(
        _("%(column)s is not a number we can read."),
        _("Write a number that is zero or more."),
    ),
    "ends_before_start": Words(
        _("It ends (%(ends)s) before it starts (%(starts)s)."),
        _("Correct the two dates on this row."),
    ),
    "year_does_not_add_up": Words(
        _("The days of this year are more than were expected (%(value)s)."),
        _("Correct the totals in your student information system and export again."),
    ),
    "hardly_anybody_known": Words(
        _("Of %(all)s student numbers in this file, %(unknown)s are not in Hearth."),
        _("Look whether the right column was chosen, or load the roster first."),
    ),
    "layout_unknown": Words(
        _("These rows are not the kind of file that was chosen."),
        _("Choose what the file is, or send the other file."),
    ),
    "xml_unreadable": Words(
        _("This XML file breaks off or is not well made."),
        _("Export it again and send the new file."),
    ),
    "xml_unsafe": Words(
        _("This XML file declares entities or a document type. We do not read such files."),
        _("Export it as plain Ed-Fi XML."),
    ),
    "part_missing": Words(
        _("The file with the %(name)s is missing."),
        _("Send the files with incidents, results and offenses together."),
    ),
}

OWN_NOTES: dict[str, Words] = {
    "no_rows": Words(
        _("The file has column names but no rows."),
        _("If it should hold rows, export it again."),
    ),
    "student_unknown": Words(
        _("No student has the number %(value)s. The row was left out."),
        _("Load the roster first if the student is new, or correct the number."),
    ),
    "school_unknown": Words(
        _("No school of the district is known as %(value)s. The row was left out."),
        _("Write the code of the school as in the roster, or leave the column out."),
    ),
    "row_twice": Words(
        _("This row is in the file twice; the other is on line %(first_line)s."),
        _("Nothing to do. It counts once."),
    ),
    "row_contradicts": Words(
        _("Line %(first_line)s says something else about the same. We took this later line."),
        _("Take the wrong one out if this is not right."),
    ),
    "outside_year": Words(
        _("The day %(value)s lies outside the school year. We took it all the same."),
        _("Correct the date if it is wrong."),
    ),
    "incident_unknown": Words(
        _("No incident of this file has this number. The row was left out."),
        _("Send the incidents, their results and their offenses together."),
    ),
    "staff_unknown": Words(
        _("Nobody on the staff has the number %(value)s. The row was left out."),
        _("Load the roster first if the person is new, or correct the number."),
    ),
}
FAULTS: dict[str, Words] = {**OF_ROSTERS, **OWN_FAULTS}
