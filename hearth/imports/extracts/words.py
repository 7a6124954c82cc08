"""What each kind of finding says: what it is, and how to mend it. As in `oneroster.words`."""

from hearth.imports.oneroster.words import FAULTS as OF_ROSTERS
from hearth.imports.oneroster.words import Words, gettext_noop

_ = gettext_noop

OWN_FAULTS: dict[str, Words] = {
    "directory_blank": Words(
        _("%(column)s is blank on this row, and every row of this table needs it."),
        _("Fill in %(column)s on this row and send the file again."),
    ),
    "id_twice": Words(
        _("The id %(value)s stands here and on line %(first)s."),
        _("Give each row an id of its own, or take one of the two out."),
    ),
    "reference_lost": Words(
        _("%(column)s points to %(value)s, which is not in %(target)s."),
        _("Add the missing row to %(target)s, or correct %(column)s on this row."),
    ),
    "number_not_read": Words(
        _("%(column)s is not a number we can read."),
        _("Write figures only, such as 12 or 37.48."),
    ),
    "time_unreadable": Words(
        _("%(column)s is not a time we can read."),
        _("Write hours and minutes, such as 08:30 or 17:00."),
    ),
    "directory_not_here": Words(
        _("We find no table of a directory in here."),
        _("Send an HSDS package (services.csv and the files beside it), or one CSV of services."),
    ),
    "directory_without_services": Words(
        _("The package has no services.csv, so there is nothing to offer."),
        _("Export the directory again with its services."),
    ),
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
    "columns_left": Words(
        _("Nothing reads these columns: %(columns)s."),
        _("Say on the page “Which column is which?” what stands in them, if it is to come along."),
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
    "reference_kept": Words(
        _("%(column)s points to %(value)s, which is not in %(target)s. We kept it as it is."),
        _("Correct it if something should stand there."),
    ),
    "service_nowhere": Words(
        _("This service has no location. It is found by its words, and by no distance."),
        _("Add where it is offered, if it is offered somewhere."),
    ),
    "point_off_map": Words(
        _("Latitude and longitude of this row do not lie on the globe, so no distance is told."),
        _("Write latitude between -90 and 90 and longitude between -180 and 180."),
    ),
    "table_unknown": Words(
        _("We do not know this file. It was left out."),
        _("Nothing needs to be done if you did not expect it here."),
    ),
    "package_unreadable": Words(
        _("We cannot read datapackage.json, so we took the files by their usual names."),
        _("Nothing needs to be done if the preview looks right."),
    ),
    "staff_unknown": Words(
        _("Nobody on the staff has the number %(value)s. The row was left out."),
        _("Load the roster first if the person is new, or correct the number."),
    ),
}
FAULTS: dict[str, Words] = {**OF_ROSTERS, **OWN_FAULTS}
