namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>A column of an attendance summary.</summary>
public enum SummaryColumn
{
    Present,
    Absent,
    Late,
    Medical,
    Substitute,
    ReferralsGivenInside,
    ReferralsGivenOutside,
    ReferralsReceivedInside,
    ReferralsReceivedOutside,
    Visitors,
    Testimonials,
    OneToOnes,
    ClosedBusiness,
    Credits,
}

/// <summary>One line of a summary, as reported. Columns that the report does not have are left out.</summary>
/// <param name="Row">Where it stands in the file.</param>
public sealed record ReportedLine(int Row, Guid Person, IReadOnlyDictionary<SummaryColumn, decimal> Values);

/// <summary>One cell that does not agree.</summary>
/// <param name="Row">In the file; null where the report has no line of this member.</param>
/// <param name="Reported">Null where the report has no line.</param>
/// <param name="Reckoned">From the slips and marks; null for somebody who is not on the roster.</param>
public sealed record Disagreement(int? Row, Guid Person, string Name, SummaryColumn Column, decimal? Reported, decimal? Reckoned)
{
    /// <summary>Reported − reckoned, with nothing taken for 0.</summary>
    public decimal Difference => (Reported ?? 0) - (Reckoned ?? 0);
}

/// <summary>The slips against an attendance summary.</summary>
/// <param name="Agreeing">Cells that agree.</param>
/// <param name="Disagreements">By the file's rows; members without a row come last, by name.</param>
/// <param name="Columns">Per column: the sum reported and the sum reckoned over the lines of the report.</param>
public sealed record Reconciliation(int Agreeing, IReadOnlyList<Disagreement> Disagreements, IReadOnlyDictionary<SummaryColumn, (decimal Reported, decimal Reckoned)> Columns)
{
    /// <summary>Compares cell by cell.</summary>
    public static Reconciliation Of(PeriodFigures figures, IReadOnlyList<ReportedLine> report)
    {
        var (agreeing, found, sums) = (0, new List<Disagreement>(), new Dictionary<SummaryColumn, (decimal, decimal)>());
        foreach (var line in report.OrderBy(l => l.Row))
        {
            var place = figures.Counted.PlaceOf(line.Person);
            var name = figures.Counted.People.FirstOrDefault(p => p.Id == line.Person)?.Name ?? "";
            foreach (var (column, reported) in line.Values.OrderBy(v => v.Key))
            {
                var reckoned = place < 0 ? (decimal?)null : Value(figures, place, column);
                var (a, b) = sums.GetValueOrDefault(column);
                sums[column] = (a + reported, b + (reckoned ?? 0));
                if (reported == (reckoned ?? 0))
                {
                    agreeing++;
                }
                else
                {
                    found.Add(new(line.Row, line.Person, name, column, reported, reckoned));
                }
            }
        }

        found.AddRange(Missing(figures, report));
        return new(agreeing, found, sums);
    }

    /// <summary>What the slips and marks of a member come to in a column.</summary>
    public static decimal Value(PeriodFigures figures, int place, SummaryColumn column)
    {
        var (tally, referrals) = (figures.Tallies.Lines[place], figures.Referrals.Lines[place]);
        return column switch
        {
            SummaryColumn.Present => tally.Present,
            SummaryColumn.Absent => tally.Absent,
            SummaryColumn.Late => tally.Late,
            SummaryColumn.Medical => tally.Medical,
            SummaryColumn.Substitute => tally.Substitute,
            SummaryColumn.ReferralsGivenInside => referrals.Rgi,
            SummaryColumn.ReferralsGivenOutside => referrals.Rgo,
            SummaryColumn.ReferralsReceivedInside => referrals.Rri,
            SummaryColumn.ReferralsReceivedOutside => referrals.Rro,
            SummaryColumn.Visitors => tally.Visitors,
            SummaryColumn.Testimonials => tally.Testimonials,
            SummaryColumn.OneToOnes => tally.OneToOnes,
            SummaryColumn.ClosedBusiness => tally.Business,
            _ => tally.Credits,
        };
    }

    // Members of the roster whom the report does not name, where anything was reckoned of them.
    private static IEnumerable<Disagreement> Missing(PeriodFigures figures, IReadOnlyList<ReportedLine> report)
    {
        var (named, columns) = (report.Select(l => l.Person).ToHashSet(), report.SelectMany(l => l.Values.Keys).Distinct().Order().ToList());
        return figures.Counted.Roster.Select((p, i) => (Person: p, Place: i)).Where(x => !named.Contains(x.Person.Id))
            .SelectMany(x => columns.Select(c => new Disagreement(null, x.Person.Id, x.Person.Name, c, null, Value(figures, x.Place, c)))).Where(d => d.Reckoned != 0);
    }
}
