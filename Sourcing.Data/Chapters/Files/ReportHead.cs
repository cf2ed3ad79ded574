namespace Sourcing.Data.Chapters.Files;

/// <summary>What stands above the heads: a title and parameters.</summary>
/// <param name="Title">The first text of the sheet that is no parameter; empty if none.</param>
internal sealed record ReportHead(string Title, string Chapter, string From, string To, string RunAt)
{
    /// <summary>The first row that holds something is row 0 of the sheet's rows; the head row itself may carry the parameters as columns.</summary>
    public static ReportHead Read(Sheet sheet, ReportShape shape)
    {
        var (found, title) = (new Dictionary<Heading, string>(), "");
        for (var at = 0; at < shape.HeadAt; at++)
        {
            var row = sheet.Rows[at];
            var before = found.Count;
            foreach (var cell in row.Cells)
            {
                Take(sheet, at, cell, shape.HeadAt, found);
            }

            title = title.Length == 0 && found.Count == before && row.Cells.Count > 0 && !found.ContainsValue(row.Cells[0].Text) ? row.Cells[0].Text : title;
        }

        string Value(Heading heading) => found.TryGetValue(heading, out var value) ? value
            : shape.Kind == ReportKind.PalmsSummary && shape.Columns.TryGetValue(heading, out var column) && shape.HeadAt + 1 < sheet.Rows.Count ? sheet.Rows[shape.HeadAt + 1][column].Text : "";
        return new(title, Value(Heading.Chapter), Value(Heading.PeriodFrom), Value(Heading.PeriodTo), Value(Heading.RunAt));
    }

    // "Chapter:" with its value to the right or, in a row of labels, below; or "Chapter: Riverside" in one cell.
    private static void Take(Sheet sheet, int at, SheetCell cell, int headAt, Dictionary<Heading, string> found)
    {
        var colon = cell.Text.IndexOf(':', StringComparison.Ordinal);
        foreach (var heading in (Heading[])[Heading.Chapter, Heading.PeriodFrom, Heading.PeriodTo, Heading.RunAt])
        {
            if (found.ContainsKey(heading))
            {
                continue;
            }

            if (Headings.Is(heading, cell.Text))
            {
                var right = sheet.Rows[at].Cells.FirstOrDefault(c => c.Column > cell.Column);
                var value = right.Text is { Length: > 0 } && !IsLabel(right.Text) ? right.Text : at + 1 < headAt ? sheet.Rows[at + 1][cell.Column].Text : "";
                if (value.Length > 0)
                {
                    found[heading] = value;
                    return;
                }
            }
            else if (colon > 0 && colon < cell.Text.Length - 1 && Headings.Is(heading, cell.Text[..colon]))
            {
                found[heading] = cell.Text[(colon + 1)..].Trim();
                return;
            }
        }
    }

    private static bool IsLabel(string text) => text.EndsWith(':') || Headings.Is(Heading.Chapter, text) || Headings.Is(Heading.PeriodFrom, text) || Headings.Is(Heading.PeriodTo, text) || Headings.Is(Heading.RunAt, text);
}
