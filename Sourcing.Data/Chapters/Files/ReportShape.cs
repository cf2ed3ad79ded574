namespace Sourcing.Data.Chapters.Files;

/// <summary>The seven kinds of reports.</summary>
public enum ReportKind
{
    /// <summary>Slips audit, heads and rows alone.</summary>
    SlipsAudit,

    /// <summary>Slips audit with a title, parameters and blank spacers.</summary>
    SlipsAuditHeaded,

    /// <summary>Attendance summary: one line a member. Serves as list of members too.</summary>
    PalmsSummary,

    /// <summary>Attendance, one column a meeting.</summary>
    PalmsAttendance,

    /// <summary>Names of a region by chapter.</summary>
    RegionSummary,

    /// <summary>Who sponsored whom.</summary>
    Sponsors,

    /// <summary>Registrations of visitors.</summary>
    VisitorRegistration,
}

/// <summary>What kind of report a sheet is and where its columns stand: found by heads and never by place.</summary>
/// <param name="HeadAt">Place of the head row among the sheet's rows.</param>
/// <param name="Columns">Where the headings stand.</param>
/// <param name="Dates">Columns of an attendance sheet besides the names.</param>
internal sealed record ReportShape(ReportKind Kind, int HeadAt, IReadOnlyDictionary<Heading, int> Columns, IReadOnlyList<SheetCell> Dates)
{
    private static readonly (ReportKind Kind, Heading[] Needed, Heading[] Other)[] Kinds =
    [
        (ReportKind.SlipsAudit, [Heading.From, Heading.To, Heading.SlipType, Heading.InsideOutside, Heading.Amount, Heading.Credits, Heading.Detail], []),
        (ReportKind.PalmsSummary, [Heading.FirstName, Heading.LastName, Heading.Present, Heading.Absent, Heading.Late, Heading.Medical, Heading.Substitute,
            Heading.ReferralsGivenInside, Heading.ReferralsGivenOutside, Heading.ReferralsReceivedInside, Heading.ReferralsReceivedOutside, Heading.Visitors, Heading.OneToOnes, Heading.ClosedBusiness, Heading.Education],
            [Heading.Testimonials, Heading.Custom, Heading.Chapter, Heading.PeriodFrom, Heading.PeriodTo, Heading.RunAt]),
        (ReportKind.Sponsors, [Heading.SponsorFirst, Heading.SponsorLast, Heading.SponsoredFirst, Heading.SponsoredLast, Heading.SponsoredRegion, Heading.SponsoredChapter, Heading.ApplicationDate], []),
        (ReportKind.VisitorRegistration, [Heading.FirstName, Heading.LastName, Heading.Company, Heading.Profession, Heading.InvitedBy, Heading.VisitDate, Heading.VisitKind], []),
        (ReportKind.RegionSummary, [Heading.Chapter, Heading.FirstName, Heading.LastName], []),
    ];

    /// <summary>The words of a kind for people.</summary>
    public static string Words(ReportKind kind) => kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => "slips audit",
        ReportKind.PalmsSummary => "attendance summary",
        ReportKind.PalmsAttendance => "attendance sheet by meeting",
        ReportKind.RegionSummary => "region summary",
        ReportKind.Sponsors => "list of sponsors",
        _ => "visitor registration",
    };

    /// <summary>Finds the head row: the one with the most headings of a kind, all that it needs.</summary>
    /// <param name="expected">What the user means to upload; null for any kind.</param>
    public static ReportShape? Find(Sheet sheet, ReportKind? expected, IssueList issues)
    {
        ReportShape? best = null;
        var (nearMissing, nearShare, nearKind) = (new List<Heading>(), 0m, ReportKind.SlipsAudit);
        for (var at = 0; at < Math.Min(sheet.Rows.Count, FileLimits.HeadRows); at++)
        {
            foreach (var (kind, needed, other) in Kinds)
            {
                var columns = Match(sheet.Rows[at], [.. needed, .. other]);
                var missing = needed.Where(h => !columns.ContainsKey(h)).ToList();
                if (missing.Count == 0)
                {
                    best = best is null || columns.Count > best.Columns.Count ? new(Headed(kind, at), at, columns, []) : best;
                }
                else if (IsNearer(kind, expected, needed.Length - missing.Count, needed.Length, nearShare))
                {
                    (nearMissing, nearShare, nearKind) = (missing, (needed.Length - missing.Count) / (decimal)needed.Length, kind);
                }
            }

            best ??= Wide(sheet.Rows[at], at, nearShare);
            if (nearShare < 0.5m && (expected is null or ReportKind.PalmsAttendance) && LacksName(sheet.Rows[at]) is { } name)
            {
                (nearMissing, nearShare, nearKind) = ([name], 0.5m, ReportKind.PalmsAttendance);
            }
        }

        if (best is null)
        {
            Explain(issues, expected, nearMissing, nearShare, nearKind);
        }
        else if (expected is { } wanted && Family(wanted) != Family(best.Kind))
        {
            issues.Add(IssueCode.WrongReport, $"This is a {Words(best.Kind)}, not a {Words(wanted)}.", $"Upload a {Words(wanted)}, or choose {Words(best.Kind)} as what you upload.");
            return null;
        }

        return best;
    }

    // The region's heads are so few that two of them prove nothing.
    private static bool IsNearer(ReportKind kind, ReportKind? expected, int found, int of, decimal best) =>
        found / (decimal)of > best && (expected is null ? found >= 3 : Family(expected.Value) == Family(kind) && found > 0);

    private static ReportKind Headed(ReportKind kind, int at) => kind == ReportKind.SlipsAudit && at > 0 ? ReportKind.SlipsAuditHeaded : kind;

    private static ReportKind Family(ReportKind kind) => kind == ReportKind.SlipsAuditHeaded ? ReportKind.SlipsAudit : kind;

    private static void Explain(IssueList issues, ReportKind? expected, List<Heading> missing, decimal share, ReportKind kind)
    {
        if (share >= 0.5m)
        {
            var names = string.Join(", ", missing.Select(Headings.English));
            issues.Add(IssueCode.HeaderMissing, $"The {Words(kind)} lacks the column{(missing.Count == 1 ? "" : "s")} {names}.", "Export the report again with all of its columns; their order does not matter.", column: names);
        }
        else
        {
            issues.Add(IssueCode.WrongReport, expected is { } wanted ? $"No heads of a {Words(wanted)} were found." : "No heads of a report that is known here were found.",
                "Upload a slips audit, an attendance summary or sheet, a region summary, a list of sponsors or a visitor registration, as exported.");
        }
    }

    private static Dictionary<Heading, int> Match(SheetLine row, Heading[] headings)
    {
        var columns = new Dictionary<Heading, int>();
        var taken = new HashSet<int>();
        foreach (var heading in headings)
        {
            foreach (var cell in row.Cells)
            {
                if (!taken.Contains(cell.Column) && Headings.Is(heading, cell.Text))
                {
                    columns[heading] = cell.Column;
                    taken.Add(cell.Column);
                    break;
                }
            }
        }

        return columns;
    }

    // One of the two names, and several days: an attendance sheet that lacks the other name.
    private static Heading? LacksName(SheetLine row) =>
        Match(row, [Heading.FirstName, Heading.LastName]) is { Count: 1 } columns && row.Cells.Count(c => MeetingHead.Read(c.Text) is not null) > 1
            ? columns.ContainsKey(Heading.FirstName) ? Heading.LastName : Heading.FirstName
            : null;

    // First and last name, and then at least one column that is a day. A summary that lacks a column is none.
    private static ReportShape? Wide(SheetLine row, int at, decimal nearShare)
    {
        var columns = Match(row, [Heading.FirstName, Heading.LastName]);
        var others = row.Cells.Where(c => !columns.ContainsValue(c.Column)).ToList();
        return columns.Count == 2 && nearShare < 0.6m && others.Any(c => MeetingHead.Read(c.Text) is not null) ? new(ReportKind.PalmsAttendance, at, columns, others) : null;
    }
}

/// <summary>The head of a meeting's column: "Jan 07", "07 Jan", or a whole date.</summary>
internal readonly record struct MeetingHead(int? Year, int Month, int Day)
{
    public static MeetingHead? Read(string text)
    {
        if (DateOnly.TryParseExact(text.Split(' ')[0], "yyyy-MM-dd", out var whole))
        {
            return new(whole.Year, whole.Month, whole.Day);
        }

        var words = text.Split([' ', '-', '.', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (2 or 3))
        {
            return null;
        }

        var (first, second) = (ReportWords.Month(words[0]), ReportWords.Month(words[1]));
        var (month, day) = first is not null ? (first, words[1]) : (second, words[0]);
        int? year = words.Length == 3 ? (int.TryParse(words[2], out var y) && y is > 1990 and < 2200 ? y : -1) : null;
        return month is { } known && int.TryParse(day, out var d) && d is >= 1 and <= 31 && year != -1 ? new(year, known, d) : null;
    }

    /// <summary>The day, in the year that falls into the period; null where none does.</summary>
    public DateOnly? In(DateOnly first, DateOnly last)
    {
        for (var year = Year ?? first.Year; year <= (Year ?? last.Year); year++)
        {
            if (Day <= DateTime.DaysInMonth(year, Month) && new DateOnly(year, Month, Day) is var day && first <= day && day <= last)
            {
                return day;
            }
        }

        return null;
    }
}
