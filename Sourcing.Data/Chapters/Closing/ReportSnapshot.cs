using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Chapters.Scoring;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>
/// What a closing keeps: the facts of the month, of the six months of the traffic light and of the month after, and the scheme by which points were given. The report of a closed
/// month is reckoned from these, so it stays as it was whatever happens afterwards. How people attended is kept beside it.
/// </summary>
/// <param name="Ledger">Without marks.</param>
/// <param name="Meetings">With how many codes they have.</param>
/// <param name="OtherCurrency">See <see cref="ReportFacts"/>.</param>
internal sealed record ReportSnapshot(string Name, string Location, string Currency, SchemeInForce Scheme, Ledger Ledger, IReadOnlyList<MeetingCount> Meetings, IReadOnlyList<Guid> OtherCurrency)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    /// <summary>As it is kept: facts and marks.</summary>
    public static (string Facts, string Marks) Write(ChapterRights rights, SchemeInForce scheme, ReportFacts facts) =>
        (JsonSerializer.Serialize(new ReportSnapshot(rights.Name, rights.Location, rights.Currency, scheme, facts.Ledger with { Attendance = [] }, facts.Meetings, facts.OtherCurrency), Form),
            JsonSerializer.Serialize(facts.Ledger.Attendance, Form));

    /// <summary>A closing of a month as far as the asker may read it; null where there is none.</summary>
    public static async Task<(ReportSnapshot Snapshot, ReportFacts Facts)?> ReadAsync(SourcingDb db, Guid chapter, DateOnly month, int revision, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Kept>(
            $"""select facts::text as "Facts", marks::text as "Marks" from closed_reports where chapter_id = {chapter} and period = {month} and revision = {revision}""").ToListAsync(ct);
        if (found.Count == 0)
        {
            return null;
        }

        var snapshot = JsonSerializer.Deserialize<ReportSnapshot>(found[0].Facts, Form)!;
        return (snapshot, new(snapshot.Ledger with { Attendance = JsonSerializer.Deserialize<List<AttendanceMark>>(found[0].Marks, Form)! }, snapshot.Meetings, snapshot.OtherCurrency));
    }

    private sealed class Kept
    {
        public string Facts { get; init; } = "";

        public string Marks { get; init; } = "";
    }
}
