using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>What reports about people would bring: members of a region's summary, sponsors, lines of an attendance summary.</summary>
internal static class PeoplePlanner
{
    /// <summary>Those of this chapter who are no members yet.</summary>
    public static ImportPlan Region(ImportReading reading)
    {
        var rows = reading.Taken(reading.Report.Region).ToList();
        var named = rows.Select(r => NameKey.Plain(r.Chapter)).Distinct().ToList();
        // A file of one chapter alone is of this one, as somebody confirmed; else the name decides.
        var own = named.Count == 1 ? rows : [.. rows.Where(r => ImportChecks.IsOwn(reading, r.Chapter))];
        var (fresh, there) = (new List<PlanLine>(), new List<PlanLine>());
        foreach (var row in own.DistinctBy(r => NameKey.Of($"{r.FirstName} {r.LastName}")))
        {
            var party = reading.Names.Find($"{row.FirstName} {row.LastName}");
            (party.State == PartyState.Unknown ? fresh : there).Add(new(row.Row, NameKey.Of(party.Text), "Member", party.Text, row.Chapter, "") { Source = row });
        }

        var others = rows.Count - own.Count;
        return new()
        {
            Diff = new(fresh, [], []), There = there,
            Notes = own.Count == 0 ? [$"Nobody in the file is of “{reading.Rights.Name}”. Its chapters: {string.Join(", ", rows.Select(r => r.Chapter).Distinct().Take(8))}. Name the chapter here as the file does, or upload another file."]
                : others > 0 ? [$"{ImportWords.Count(others, "person", "people")} of other chapters stay out."] : [],
        };
    }

    /// <summary>Sponsors that are not set yet, or are set otherwise.</summary>
    public static async Task<ImportPlan> SponsorsAsync(SourcingDb db, ImportReading reading, CancellationToken ct)
    {
        var rows = reading.Taken(reading.Report.Sponsors).ToList();
        var chapter = reading.Rights.ChapterId;
        var set = await db.Members.Where(m => m.ChapterId == chapter).ToDictionaryAsync(m => m.Id, m => m.SponsorId, ct);
        var (fresh, there, outside) = (new Dictionary<Guid, PlanLine>(), new List<PlanLine>(), 0);
        foreach (var row in rows)
        {
            var sponsored = reading.Names.Find(row.Sponsored);
            if (!ImportChecks.IsOwn(reading, row.Chapter) || sponsored.Member is not { } member || row.Sponsor.Member is not { } sponsor || member == sponsor)
            {
                outside++;
                continue;
            }

            var line = new PlanLine(row.Row, $"{member:N}|{sponsor:N}", "Sponsor", reading.NameOf(sponsored), reading.NameOf(row.Sponsor), row.Applied is { } day ? $"Applied {day:d MMM yyyy}" : "") { Source = row };
            if (set.GetValueOrDefault(member) == sponsor)
            {
                there.Add(line);
            }
            else
            {
                fresh[member] = line;
            }
        }

        return new() { Diff = new([.. fresh.Values], [], []), There = there, Notes = outside > 0 ? [$"{ImportWords.Count(outside, "row stays", "rows stay")} out: one of the two is not of this chapter, or both are one."] : [] };
    }

    /// <summary>Lines of an attendance summary, kept as reported: slips and marks are held against them.</summary>
    public static async Task<ImportPlan> SummaryAsync(SourcingDb db, ImportReading reading, CancellationToken ct)
    {
        var earlier = reading.Earlier?.Id;
        var before = earlier is null ? [] : (await db.ChapterReportedLines.Where(l => l.BatchId == earlier).AsNoTracking().ToListAsync(ct))
            .Select(l => Line(l.Row, l.MemberId, reading.Members.GetValueOrDefault(l.MemberId, "A former member"), ReportedJson.Read(l.Figures)) with { Stored = l.Id }).ToList();
        var after = reading.Taken(reading.Report.Summary).Where(s => s.Reported is not null).DistinctBy(s => s.Member.Member)
            .Select(s => Line(s.Row, s.Member.Member!.Value, reading.NameOf(s.Member), s.Reported!.Values) with { Source = s }).ToList();
        var months = reading.Period?.Months.Count > 1 ? ["The summary covers more than a month: it is held against the slips of all of them together."] : Array.Empty<string>();
        return ImportPlan.Of(before, after) with { Notes = months };
    }

    private static PlanLine Line(int row, Guid member, string name, IReadOnlyDictionary<SummaryColumn, decimal> values)
    {
        var written = values.Where(v => v.Value != 0).OrderBy(v => v.Key).Select(v => FormattableString.Invariant($"{ReportedJson.Short(v.Key)} {v.Value:0.##}"));
        return new(row, $"{member:N}|{ReportedJson.Write(values)}", "Line", name, string.Join(", ", written), "");
    }
}

/// <summary>Reported figures as they are kept.</summary>
internal static class ReportedJson
{
    private static readonly System.Text.Json.JsonSerializerOptions Shape = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static string Write(IReadOnlyDictionary<SummaryColumn, decimal> values) =>
        System.Text.Json.JsonSerializer.Serialize(values.OrderBy(v => v.Key).ToDictionary(v => v.Key.ToString(), v => decimal.Parse(v.Value.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)), Shape);

    public static IReadOnlyDictionary<SummaryColumn, decimal> Read(string json) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, decimal>>(json, Shape)!.ToDictionary(v => Enum.Parse<SummaryColumn>(v.Key), v => v.Value);

    /// <summary>The head of a column in short: P, RGI.</summary>
    public static string Short(SummaryColumn column) => column switch
    {
        SummaryColumn.Present => "P", SummaryColumn.Absent => "A", SummaryColumn.Late => "L", SummaryColumn.Medical => "M", SummaryColumn.Substitute => "S",
        SummaryColumn.ReferralsGivenInside => "RGI", SummaryColumn.ReferralsGivenOutside => "RGO", SummaryColumn.ReferralsReceivedInside => "RRI", SummaryColumn.ReferralsReceivedOutside => "RRO",
        SummaryColumn.Visitors => "V", SummaryColumn.Testimonials => "T", SummaryColumn.OneToOnes => "1-2-1", SummaryColumn.ClosedBusiness => "Closed", _ => "CEU",
    };
}

/// <summary>Plans an upload of whatever kind.</summary>
internal static class ImportPlanner
{
    /// <summary>What applying it now would do.</summary>
    public static Task<ImportPlan> PlanAsync(SourcingDb db, ImportReading reading, ImportBatch batch, CancellationToken ct) => reading.Report.Kind switch
    {
        ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded => SlipPlanner.PlanAsync(db, reading, batch, ct),
        ReportKind.PalmsAttendance => DayPlanner.MarksAsync(db, reading, ct),
        ReportKind.VisitorRegistration => DayPlanner.VisitorsAsync(db, reading, ct),
        ReportKind.PalmsSummary => PeoplePlanner.SummaryAsync(db, reading, ct),
        ReportKind.Sponsors => PeoplePlanner.SponsorsAsync(db, reading, ct),
        ReportKind.RegionSummary => Task.FromResult(PeoplePlanner.Region(reading)),
        _ => Task.FromResult(new ImportPlan()),
    };
}
