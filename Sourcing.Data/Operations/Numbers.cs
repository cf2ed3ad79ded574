using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Operations;

/// <summary>Gives out the numbers that people quote.</summary>
public static class Numbers
{
    /// <summary>The next number of its kind: <c>RFQ-2026-00042</c>. The year is the database's, in UTC.</summary>
    /// <param name="kind">RFQ, Q, PO, IMP and the like; at most 10 letters.</param>
    public static async Task<string> NextNumberAsync(this SourcingDb db, string kind, CancellationToken ct)
    {
        var year = (await db.NowAsync(ct)).Year;
        var next = await db.Database.SqlQuery<int>(
            $"""
            insert into number_sequences (kind, year, last) values ({kind}, {year}, 1)
            on conflict (kind, year) do update set last = number_sequences.last + 1 returning last as "Value"
            """).ToListAsync(ct);
        return $"{kind}-{year}-{next[0]:00000}";
    }
}
