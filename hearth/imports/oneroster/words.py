"""What each kind of fault says: what it is, and how to mend it.

The templates are plain English with named gaps. They are marked for translation here and
translated where they are shown, so that this package needs no web framework.
A template never has a gap for a name, an e-mail or any other free text of a person.
"""

from typing import NamedTuple


def gettext_noop(text: str) -> str:
    """Mark a text for the message catalogue; give it back unchanged."""
    return text


_ = gettext_noop


class Words(NamedTuple):
    what: str
    mend: str


FAULTS: dict[str, Words] = {
    "column_missing": Words(
        _("The column %(column)s is missing."),
        _("Add the column %(column)s to the first line and fill it on every row."),
    ),
    "column_twice": Words(
        _("The column %(column)s is there twice, so we cannot tell which one to read."),
        _("Keep one column %(column)s and take the other one out."),
    ),
    "cell_blank": Words(
        _("%(column)s is blank on this row, and every row needs it."),
        _("Fill in %(column)s on this row in your student information system and export again."),
    ),
    "bad_status": Words(
        _("The status on this row is not one we know."),
        _("Write active, inactive or tobedeleted."),
    ),
    "status_blank": Words(
        _("The status is blank, and this file holds only changes."),
        _("In a file of changes, write active, inactive or tobedeleted on every row."),
    ),
    "bad_date": Words(
        _("%(column)s is not a date we can read%(shown)s."),
        _("Write the date as year-month-day, for example 2025-08-18."),
    ),
    "bad_year": Words(
        _("%(column)s is not a school year%(shown)s."),
        _("Write the year in which the school year ends, for example 2026."),
    ),
    "bad_bool": Words(
        _("%(column)s is neither true nor false."),
        _("Write true or false."),
    ),
    "bad_enum": Words(
        _("%(column)s holds a word that is not in the standard."),
        _("Write one of these: %(choices)s."),
    ),
    "end_before_start": Words(
        _("The end (%(ends)s) is before the start (%(starts)s)."),
        _("Correct the two dates on this row."),
    ),
    "birth_in_future": Words(
        _("The birth date is later than today."),
        _("Correct the birth date on this row."),
    ),
    "id_twice": Words(
        _("The id %(value)s is already used on line %(first_line)s of this file."),
        _("Give each row its own id, or take out the row that is there twice."),
    ),
    "two_people_one_id": Words(
        _("The id %(value)s stands for two different people; the other is on line %(first_line)s."),
        _("Give each person an id of their own."),
    ),
    "identifier_shared": Words(
        _(
            "Two students of one district share a student number; the other is on line "
            "%(first_line)s."
        ),
        _("Give each student their own number in the column %(column)s."),
    ),
    "child_in_two_districts": Words(
        _("This student belongs to schools of two districts: %(first)s and %(second)s."),
        _("Leave only the schools of the district where the student is enrolled now."),
    ),
    "reference_unknown": Words(
        _("%(column)s points to %(value)s, which is not in %(target)s."),
        _("Add %(value)s to %(target)s, or correct the id on this row."),
    ),
    "role_missing": Words(
        _("This person has no role in roles.csv."),
        _("Add a row for the person to roles.csv, or take the person out of users.csv."),
    ),
    "section_not_at_school": Words(
        _("The class is held at %(value)s, which is not a school."),
        _("Point schoolSourcedId to the school where the class meets."),
    ),
    "row_ragged": Words(
        _("This row has %(found)s cells, and the first line has %(expected)s columns."),
        _("Look for a missing comma, or for a comma inside a cell that has no quotes around it."),
    ),
    "quote_open": Words(
        _("A quotation mark opens on this row and never closes."),
        _("Close the quotation mark, or write it twice if it is part of the text."),
    ),
    "nul_bytes": Words(
        _("This row holds characters that no text file should hold."),
        _("Export the file again as plain CSV text."),
    ),
    "letters_unreadable": Words(
        _("Some letters in the file cannot be read."),
        _("Export the file again as UTF-8."),
    ),
    "encoding_utf16": Words(
        _("The file is saved as UTF-16, which we cannot read."),
        _("Save or export it as UTF-8 (in a spreadsheet: “CSV UTF-8”)."),
    ),
    "file_zero_bytes": Words(
        _("The file is empty: it has not even a first line of column names."),
        _("Export the file again, or mark it as absent in manifest.csv."),
    ),
    "file_missing": Words(
        _("manifest.csv promises this file, but it is not there."),
        _("Put the file in, or mark it as absent in manifest.csv."),
    ),
    "manifest_unreadable": Words(
        _("manifest.csv does not have the columns propertyName and value."),
        _("Export the manifest again, or take it out and we work it out from the files."),
    ),
    "version_unknown": Words(
        _("manifest.csv names a OneRoster version that we do not read."),
        _("Export as OneRoster 1.1 or 1.2 CSV."),
    ),
    "bad_mode": Words(
        _("manifest.csv does not say bulk, delta or absent for %(name)s."),
        _("Write bulk, delta or absent beside %(name)s."),
    ),
}

NOTES: dict[str, Words] = {
    "manifest_missing": Words(
        _("There is no manifest.csv. We took each file as a full list (bulk)."),
        _("Ask for a manifest in your export, so that nothing has to be guessed."),
    ),
    "version_guessed": Words(
        _("manifest.csv does not say which OneRoster version this is. We read it as %(version)s."),
        _("Add the row oneroster.version to manifest.csv."),
    ),
    "mode_guessed": Words(
        _("manifest.csv does not mention this file. We took it as a full list (bulk)."),
        _("Add a row for the file to manifest.csv."),
    ),
    "file_not_read": Words(
        _("manifest.csv marks this file as absent, so we did not read it."),
        _("If it should count, write bulk or delta beside it in manifest.csv."),
    ),
    "file_without_rows": Words(
        _("The file has column names but no rows."),
        _("If the file should hold rows, export it again."),
    ),
    "columns_ignored": Words(
        _("Columns of this file that we do not use: %(count)s%(shown)s."),
        _("Nothing to do. These columns are left out."),
    ),
    "password_ignored": Words(
        _("The file has a column for passwords. We did not read it and do not keep it."),
        _("Leave passwords out of the export."),
    ),
    "encoding_cp1252": Words(
        _("The file is not UTF-8. We read it as Western European (Windows-1252)."),
        _("Look at a few names with accents, and export as UTF-8 if they look wrong."),
    ),
    "parent_unknown": Words(
        _("%(column)s points to %(value)s, which is not in %(target)s. We left it out."),
        _("Add %(value)s to %(target)s if it matters."),
    ),
    "parent_loop": Words(
        _("The parents of %(value)s lead back to itself. We left its parent out."),
        _("Correct the parent on this row."),
    ),
    "reference_gone": Words(
        _("%(column)s points to %(value)s, which is marked as gone in %(target)s."),
        _("Nothing to do if that is right: this row goes with it."),
    ),
    "department_as_school": Words(
        _("%(value)s is a department that holds classes. We treat it as a school."),
        _("Nothing to do, or point its classes to the school."),
    ),
    "grade_unknown": Words(
        _("A grade on this row is not one we know. We left it out."),
        _("Write TK, KG or 01 to 12."),
    ),
    "student_without_school": Words(
        _("This student belongs to no school in the file."),
        _("Give the student a school."),
    ),
    "student_twice": Words(
        _("A student with the same name and student number is also on line %(first_line)s."),
        _("Merge the two records if they are one child."),
    ),
    "role_differs": Words(
        _("%(value)s is enrolled as %(role)s, but has another role in users."),
        _("Check which of the two is right."),
    ),
    "enrollment_role_unused": Words(
        _("Enrollments in the role %(value)s are left out."),
        _("Nothing to do. Only students and teachers are kept in a class list."),
    ),
    "outside_term": Words(
        _("The dates of this enrollment lie outside the terms of its class."),
        _("Check the dates of the enrollment and of the term."),
    ),
    "agent_unused": Words(
        _("%(value)s is linked to this person, but the two are not a student and a guardian."),
        _("Nothing to do. Only links between a student and a guardian are kept."),
    ),
}

REFUSALS: dict[str, Words] = {
    "not_found": Words(
        _("There is nothing at this place."),
        _("Check the path of the file or folder."),
    ),
    "not_a_zip": Words(
        _("This is neither a folder nor a zip file that we can open."),
        _("Send the OneRoster export as one zip file."),
    ),
    "zip_empty": Words(_("The file is empty."), _("Export again and send the new file.")),
    "zip_damaged": Words(
        _("The zip file is damaged: it breaks off or does not match its own check sum."),
        _("Download or export it again and send the new file."),
    ),
    "zip_encrypted": Words(
        _("The zip file is locked with a password."),
        _("Send it without a password; the connection is already private."),
    ),
    "zip_unsafe": Words(
        _("The zip file holds paths that lead outside of it."),
        _("Make a plain zip of the CSV files."),
    ),
    "zip_too_large": Words(
        _("The zip file would unpack to far more than a roster needs."),
        _("Check that the right file was sent."),
    ),
    "no_files": Words(
        _("We found none of the OneRoster files, such as users.csv or orgs.csv."),
        _("Put the CSV files in one folder or one zip."),
    ),
    "nothing_inside": Words(
        _("There is no file in it that we can read."),
        _("Put the files into one folder or one zip, as they were exported."),
    ),
    "more_than_one_bundle": Words(
        _("There are OneRoster files in more than one folder."),
        _("Send one export at a time."),
    ),
    "file_twice": Words(
        _("The file %(name)s is there twice."),
        _("Keep one of the two and take the other one out."),
    ),
}
