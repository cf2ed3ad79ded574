using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>An upload as it reads today: with the answers that were given, the members that there are, and the imports that are in.</summary>
/// <param name="Rights">Of whoever asks.</param>
/// <param name="Report">Rows and findings of the file.</param>
/// <param name="Issues">All findings, with those that only the chapter's own data tell.</param>
/// <param name="Period">The days that it covers: of visitors the months of their visits.</param>
/// <param name="Earlier">The batch of the same scope that is in, whose place this one would take; null for none.</param>
/// <param name="Members">Members that are there, by key.</param>
internal sealed record ImportReading(
    ChapterRights Rights, ReadReport Report, IReadOnlyList<FileIssue> Issues, Period? Period, string Scope, ImportBatch? Earlier, BatchAnswers Answers, NameBook Names, IReadOnlyDictionary<Guid, string> Members)
{
    /// <summary>Rows that can be taken: nobody said to leave them out, and it is settled who is meant.</summary>
    public IEnumerable<T> Taken<T>(IReadOnlyList<T> rows) where T : IReportRow => rows.Where(r => r.IsReady && !Answers.LeftOut.Contains(r.Row) && !Barred.Contains(r.Row));

    /// <summary>Rows in which something is wrong that only the chapter's own data tell.</summary>
    public required IReadOnlySet<int> Barred { get; init; }

    /// <summary>Who somebody is, in words.</summary>
    public string NameOf(PartyReading party) => party.Member is { } id && Members.TryGetValue(id, out var name) ? name : party.Text;
}

/// <summary>Reads uploads anew.</summary>
internal static class ImportReader
{
    /// <summary>Reads the bytes of a batch with all that was answered.</summary>
    /// <param name="expected">What the leader says it is; null to find out.</param>
    public static async Task<ImportReading> ReadAsync(SourcingDb db, ChapterRights rights, ImportBatch? batch, string fileName, byte[] content, ReportKind? expected, IReadOnlyList<RowIssue> issues, CancellationToken ct)
    {
        var (chapter, answers) = (rights.ChapterId, new BatchAnswers(issues));
        var members = await db.Members.Where(m => m.ChapterId == chapter).OrderBy(m => m.Id).Select(m => new { m.Id, Name = m.FirstName + " " + m.LastName }).ToListAsync(ct);
        var aliases = await db.MemberAliases.Where(a => a.ChapterId == chapter).Select(a => new KnownName(a.MemberId, a.Alias)).ToListAsync(ct);
        var applied = await db.ChapterImportBatches.AsNoTracking().Where(b => b.ChapterId == chapter && b.Status == BatchStatus.Applied).ToListAsync(ct);
        var names = new NameBook(members.Select(m => new KnownName(m.Id, m.Name)), aliases, answers.Decisions);
        var context = new ReportContext
        {
            Chapter = rights.Name, MeetingWeekday = (DayOfWeek)(rights.MeetingDay % 7), Expected = batch?.Kind ?? expected, Chosen = batch?.Chosen, Names = names,
            ClosedMonths = await ClosedMonths.ReadAsync(db, chapter, ct), Known = applied.Select(b => new FileStamp(b.Sha256, b.Scope)).ToHashSet(),
        };
        var report = ReportFile.Read(content, fileName, context);
        var known = members.ToDictionary(m => m.Id, m => m.Name.Trim());
        foreach (var made in answers.NewMembers)
        {
            known.TryAdd(made.Member!.Value, $"{made.First} {made.Last}".Trim());
        }

        return Completed(new(rights, report, report.Issues, null, "", null, answers, names, known) { Barred = new HashSet<int>() }, applied, report.Stamp?.Hash);
    }

    private static ImportReading Completed(ImportReading reading, List<ImportBatch> applied, string? hash)
    {
        if (reading.Report.Kind is not { } kind)
        {
            return reading;
        }

        var period = kind == ReportKind.VisitorRegistration ? MonthsOf(reading.Report.Visitors) : reading.Report.Period?.Period;
        var scope = FileStamp.ScopeOf(kind, period);
        var list = new IssueList(reading.Report.File);
        var barred = ImportChecks.Rows(reading, list);
        var earlier = applied.FirstOrDefault(b => b.Scope == scope);
        if (earlier?.Sha256 == hash && earlier is not null && reading.Issues.All(i => i.Code != IssueCode.DuplicateFile))
        {
            list.Add(IssueCode.DuplicateFile, "This very file is in already, for the same period.", "There is nothing to do. To replace what it brought, upload a newer export.");
        }

        if (kind is ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded or ReportKind.VisitorRegistration && period is { } days)
        {
            ImportChecks.Overlap(applied.Where(b => b.Scope != scope && Family(b.Kind) == Family(kind)), days, list);
        }

        return reading with { Period = period, Scope = scope, Earlier = earlier, Issues = [.. reading.Issues, .. list.All], Barred = barred };
    }

    private static ReportKind Family(ReportKind kind) => kind == ReportKind.SlipsAuditHeaded ? ReportKind.SlipsAudit : kind;

    private static Period? MonthsOf(IReadOnlyList<ReportVisitor> visitors)
    {
        if (visitors.Count == 0)
        {
            return null;
        }

        var (first, last) = (visitors.Min(v => v.Date), visitors.Max(v => v.Date));
        return new(new(first.Year, first.Month, 1), new DateOnly(last.Year, last.Month, 1).AddMonths(1).AddDays(-1));
    }

    public static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var zip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zip.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>What only the chapter's own data tell of an upload.</summary>
internal static class ImportChecks
{
    private const int LongestName = 160;

    /// <summary>Rows that cannot be kept as they are, each with its finding.</summary>
    public static HashSet<int> Rows(ImportReading reading, IssueList list)
    {
        var barred = new HashSet<int>();
        void Bar(int row, IssueCode code, string column, string value, string message, string fix)
        {
            list.Add(code, message, fix, row, column, value);
            barred.Add(row);
        }

        foreach (var slip in reading.Report.Slips)
        {
            if (slip.Credits >= 1000)
            {
                Bar(slip.Row, IssueCode.Credits, Headings.English(Heading.Credits), FormattableString.Invariant($"{slip.Credits}"), "The number of credits is 1,000 or more.", "Write the credits of this one training, below 1,000.");
            }

            if (Math.Max(Math.Max(slip.From.Text.Length, slip.To.Text.Length), slip.Visitor.Length) > LongestName)
            {
                Bar(slip.Row, IssueCode.NameIsNumber, Headings.English(Heading.To), slip.To.Text, "A name of this row is longer than 160 characters.", "Write the name alone into the cell.");
            }
        }

        foreach (var visitor in reading.Report.Visitors.Where(v => $"{v.FirstName} {v.LastName}".Length > LongestName || v.Company.Length > LongestName || v.Profession.Length > LongestName))
        {
            Bar(visitor.Row, IssueCode.NameIsNumber, Headings.English(Heading.FirstName), visitor.FirstName, "Name, company and profession have at most 160 characters.", "Shorten what stands there.");
        }

        foreach (var row in reading.Report.Sponsors.Where(s => IsOwn(reading, s.Chapter)))
        {
            AskSponsored(reading, row, list);
        }

        if (reading.Report.Region.Select(r => NameKey.Plain(r.Chapter)).Distinct().ToList() is [var only] && !IsOwn(reading, reading.Report.Region[0].Chapter) && only.Length > 0)
        {
            var named = reading.Report.Region[0].Chapter;
            list.Add(IssueCode.ChapterMismatch, $"The report is of chapter “{named}”, and you are importing into “{reading.Rights.Name}”.", "Confirm that it is the same chapter, or change to the other one.", value: named);
        }

        return barred;
    }

    /// <summary>Whether a chapter named in a file is the one imported into; one that is not named is.</summary>
    public static bool IsOwn(ImportReading reading, string chapter) =>
        chapter.Length == 0 || NameKey.Plain(chapter) == NameKey.Plain(reading.Rights.Name) || (reading.Report.Chapter.Length > 0 && NameKey.Plain(chapter) == NameKey.Plain(reading.Report.Chapter));

    /// <summary>Other imports that cover some of the same days: their rows would count twice.</summary>
    public static void Overlap(IEnumerable<ImportBatch> others, Period days, IssueList list)
    {
        foreach (var other in others.Where(b => b.Period is { } p && p.First <= days.Last && days.First <= p.Last).OrderBy(b => b.PeriodFirst))
        {
            list.Add(IssueCode.PeriodOverlap, $"The import of “{other.FileName}” covers days of the same period ({other.PeriodFirst:d MMM yyyy} – {other.PeriodLast:d MMM yyyy}), so its rows would count twice.",
                "Take that import back first, or choose another period.", value: other.FileName);
        }
    }

    private static void AskSponsored(ImportReading reading, ReportSponsor row, IssueList list)
    {
        var party = reading.Names.Find(row.Sponsored);
        if (party.State is PartyState.Unknown or PartyState.Ambiguous)
        {
            var isUnknown = party.State == PartyState.Unknown;
            list.Add(isUnknown ? IssueCode.NameUnknown : IssueCode.NameAmbiguous, isUnknown ? $"No member is called “{party.Text}”." : $"{party.Candidates!.Count} members are called “{party.Text}”.",
                isUnknown ? "Say which member is meant, add a new one, or say that this person is external." : "Choose which one is meant.", row.Row, Headings.English(Heading.SponsoredLast), party.Text);
        }
    }
}

/// <summary>Which months of a chapter are closed: the one place that knows.</summary>
internal static class ClosedMonths
{
    /// <summary>First days of the months whose report is closed.</summary>
    public static async Task<IReadOnlySet<DateOnly>> ReadAsync(SourcingDb db, Guid chapterId, CancellationToken ct) =>
        (await db.ClosedMonths.Where(m => m.ChapterId == chapterId).Select(m => m.FirstDay).ToListAsync(ct)).ToHashSet();

    /// <summary>Refuses what would change a closed month.</summary>
    public static async Task DemandOpenAsync(SourcingDb db, Guid chapterId, IEnumerable<DateOnly> days, CancellationToken ct)
    {
        var closed = await ReadAsync(db, chapterId, ct);
        var hit = days.Select(d => new DateOnly(d.Year, d.Month, 1)).Where(closed.Contains).Distinct().Order().ToList();
        if (hit.Count > 0)
        {
            throw new RefusedException($"The report of {string.Join(", ", hit.Select(m => Period.Month(m.Year, m.Month).Title))} is closed. Reopen it with a reason first.");
        }
    }
}

/// <summary>An upload of which nothing can be taken.</summary>
public sealed class ReportRefusedException(IReadOnlyList<FileIssue> issues) : RefusedException(string.Join(" ", issues.Select(i => $"{i.Message} {i.Fix}").Distinct()))
{
    /// <summary>Why.</summary>
    public IReadOnlyList<FileIssue> Issues => issues;
}
