using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Rows that name the record that is given up, and come to the one that stays.</summary>
/// <param name="Name">What people call them, in the plural; rows of the same name are counted together. Empty for rows that nobody counts.</param>
/// <param name="Soft">The table keeps deleted rows: they come along and are not counted.</param>
/// <param name="Where">Which of the rows; empty for all. The others stay as they were written.</param>
/// <param name="Own">More than the key changes: the merge has a statement of its own for it.</param>
internal sealed record MergeMove(string Table, string Column, string Name, bool Soft = false, string Where = "", bool Own = false)
{
    private string And => Where.Length == 0 ? "" : $" and {Where}";

    /// <summary>Moves them; {0} stays, {1} is given up.</summary>
    public string Move => $"update {Table} set {Column} = {{0}} where {Column} = {{1}}{And}";

    /// <summary>Counts those of {0}.</summary>
    public string Count => $"select count(*) from {Table} where {Column} = {{0}}{And}{(Soft ? " and deleted_at is null" : "")}";
}

/// <summary>Runs moves. Names of tables and columns are written in code, never taken from data.</summary>
internal static class MergeMoves
{
    /// <summary>How many rows of each name there are, in the order of the list; none of 0. One statement.</summary>
    public static async Task<IReadOnlyList<MergeCount>> CountAsync(SourcingDb db, IEnumerable<MergeMove> moves, Guid gone, CancellationToken ct)
    {
        var named = moves.Where(m => m.Name.Length > 0).ToList();
        var sql = new StringBuilder();
        foreach (var (i, move) in named.Index())
        {
            sql.Append(i == 0 ? "" : " union all ").Append(System.Globalization.CultureInfo.InvariantCulture, $"select {i} as \"Place\", ({move.Count}) as \"Rows\"");
        }

        var counts = await db.Database.SqlQueryRaw<Counted>(sql.ToString(), gone).ToListAsync(ct);
        return [.. counts.OrderBy(c => c.Place).GroupBy(c => named[c.Place].Name, c => c.Rows).Select(g => new MergeCount(g.Key, g.Sum())).Where(c => c.Count > 0)];
    }

    public static async Task MoveAsync(SourcingDb db, IEnumerable<MergeMove> moves, Guid keep, Guid gone, CancellationToken ct)
    {
        foreach (var move in moves.Where(m => !m.Own))
        {
            await db.Database.ExecuteSqlRawAsync(move.Move, [keep, gone], ct);
        }
    }

    private sealed record Counted(int Place, long Rows);
}
