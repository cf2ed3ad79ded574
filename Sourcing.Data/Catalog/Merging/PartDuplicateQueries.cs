using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Why two parts of the catalog may be one, the surest first.</summary>
public enum PairReason
{
    /// <summary>The numbers are the same but for spaces, hyphens, case and accents.</summary>
    Number,

    /// <summary>Both have the same number of the same maker.</summary>
    Maker,

    /// <summary>The names are the same or much alike, in one unit and with the same figures in them.</summary>
    Name,
}

/// <summary>Two parts that may be one. The first is the older: it is proposed to stay.</summary>
/// <param name="Likeness">Of the names, 0 to 1; 1 for the other reasons.</param>
public sealed record PartPair(Guid FirstId, string FirstNumber, string FirstName, string FirstUnit, Guid SecondId, string SecondNumber, string SecondName, string SecondUnit, PairReason Reason, float Likeness);

/// <summary>Finds parts that are in the catalog twice.</summary>
public sealed class PartDuplicateQueries(Database database, CurrentUser user)
{
    /// <summary>Pairs of each reason are found up to this many; those that are merged make room.</summary>
    public const int Most = 100;

    /// <summary>Names are held against all others for so many parts: those that came last.</summary>
    public const int Lately = 50;

    /// <summary>Likely duplicates, the surest first; a pair once, and none that says itself that one follows or equals the other. One statement.</summary>
    public Task<IReadOnlyList<PartPair>> ListAsync(CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.ReadAsync<IReadOnlyList<PartPair>>(
            async (db, token) =>
            {
                var found = await db.Database.SqlQuery<Found>(
                    $"""
                    select a.id as "FirstId", a.number as "FirstNumber", a.name as "FirstName", au.code as "FirstUnit", b.id as "SecondId", b.number as "SecondNumber", b.name as "SecondName",
                        bu.code as "SecondUnit", d.reason as "Reason", d.likeness as "Likeness"
                    from app.likely_part_duplicates({Most}, {Lately}) d join parts a on a.id = d.first_id join units au on au.id = a.unit_id join parts b on b.id = d.second_id join units bu on bu.id = b.unit_id
                    where not exists (select from part_cross_references r where r.deleted_at is null and r.kind in ('equivalent', 'replaced_by')
                        and (r.part_id = a.id and r.other_part_id = b.id or r.part_id = b.id and r.other_part_id = a.id))
                    """).ToListAsync(token);
                return [.. found.Select(f => new PartPair(
                        f.FirstId, f.FirstNumber, f.FirstName, f.FirstUnit, f.SecondId, f.SecondNumber, f.SecondName, f.SecondUnit, (PairReason)Words.FromSnake(typeof(PairReason), f.Reason)!, f.Likeness))
                    .OrderBy(p => p.Reason).ThenByDescending(p => p.Likeness).ThenBy(p => p.FirstNumber, StringComparer.Ordinal).DistinctBy(p => (p.FirstId, p.SecondId))];
            }, ct);
    }

    private sealed record Found(
        Guid FirstId, string FirstNumber, string FirstName, string FirstUnit, Guid SecondId, string SecondNumber, string SecondName, string SecondUnit, string Reason, float Likeness);
}
