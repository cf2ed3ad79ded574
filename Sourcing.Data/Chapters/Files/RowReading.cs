namespace Sourcing.Data.Chapters.Files;

/// <summary>One row on its way in: its cells by heading, and issues that know their place.</summary>
internal readonly struct RowReading(SheetLine row, SheetLine head, ReportShape shape, IssueList issues)
{
    public int Row => row.Number;

    public SheetLine Source => row;

    public SheetCell this[Heading heading] => shape.Columns.TryGetValue(heading, out var column) ? row[column] : default;

    public string Text(Heading heading) => NameKey.Tidy(this[heading].Text ?? "");

    /// <summary>The head of a column, as the file writes it.</summary>
    public string Head(Heading heading) => shape.Columns.TryGetValue(heading, out var column) ? head[column].Text : Headings.English(heading);

    public void Add(IssueCode code, Heading heading, string message, string fix) => issues.Add(code, message, fix, row.Number, Head(heading), this[heading].Text ?? "");

    /// <summary>Whether a name can be one; says why not.</summary>
    public bool IsName(Heading heading, string who)
    {
        var cell = this[heading];
        if (string.IsNullOrEmpty(cell.Text))
        {
            Add(IssueCode.NameMissing, heading, $"There is no name of the {who}.", "Write the name into the cell, or take the row out.");
            return false;
        }

        if (cell.IsNumber || !cell.Text.Any(char.IsLetter))
        {
            Add(IssueCode.NameIsNumber, heading, $"“{cell.Text}” stands where the name of the {who} belongs.", "Write the name into the cell; perhaps columns have moved.");
            return false;
        }

        return true;
    }

    /// <summary>Asks about a name that is not settled.</summary>
    public void Ask(PartyReading party, Heading heading)
    {
        if (party.State == PartyState.Unknown)
        {
            Whole(IssueCode.NameUnknown, heading, party, $"No member is called “{party.Text}”.", "Say which member is meant, add a new one, or say that this person is external.");
        }
        else if (party.State == PartyState.Ambiguous)
        {
            Whole(IssueCode.NameAmbiguous, heading, party, $"{party.Candidates!.Count} members are called “{party.Text}”.", "Choose which one is meant.");
        }
    }
    // Names stand in two cells in some reports: the issue bears the whole name.
    private void Whole(IssueCode code, Heading heading, PartyReading party, string message, string fix) => issues.Add(code, message, fix, row.Number, Head(heading), party.Text);
}
