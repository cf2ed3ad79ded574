using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>Units and categories: short lists that forms choose from.</summary>
public sealed class CatalogQueries(Database database, CurrentUser user)
{
    private const int CountLimit = 1000;

    /// <summary>All units, by dimension and code.</summary>
    public Task<IReadOnlyList<UnitFacts>> UnitsAsync(CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        return database.ReadAsync<IReadOnlyList<UnitFacts>>(
            async (db, token) => await db.Units.OrderBy(u => u.Dimension).ThenBy(u => u.Code)
                .Select(u => new UnitFacts(u.Id, u.Code, u.Name, u.Dimension, u.Factor)).ToListAsync(token), ct);
    }

    /// <summary>All units with what uses them, for their page.</summary>
    public Task<IReadOnlyList<UnitRow>> UnitRowsAsync(CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        return database.ReadAsync<IReadOnlyList<UnitRow>>(
            async (db, token) => await db.Units.OrderBy(u => u.Dimension).ThenBy(u => u.Factor).ThenBy(u => u.Code)
                .Select(u => new UnitRow(u.Id, u.Code, u.Name, u.Dimension, u.Factor, db.Parts.Where(p => p.UnitId == u.Id).Take(CountLimit).Count(), u.Version))
                .ToListAsync(token), ct);
    }

    /// <summary>All categories as a tree in reading order.</summary>
    public Task<IReadOnlyList<CategoryRow>> CategoriesAsync(CancellationToken ct)
    {
        user.Demand(Permission.PartsRead);
        return database.ReadAsync<IReadOnlyList<CategoryRow>>(
            async (db, token) => Tree(await db.PartCategories.OrderBy(c => c.Name).ThenBy(c => c.Id)
                .Select(c => new CategoryRow(c.Id, c.Code, c.Name, c.ParentId, db.Parts.Where(p => p.CategoryId == c.Id).Take(CountLimit).Count(), c.Version))
                .ToListAsync(token)), ct);
    }

    private static List<CategoryRow> Tree(IReadOnlyList<CategoryRow> rows)
    {
        var known = rows.Select(r => r.Id).ToHashSet();
        var below = rows.ToLookup(r => r.ParentId is { } parent && known.Contains(parent) ? parent : Guid.Empty);
        var tree = new List<CategoryRow>(rows.Count);
        void Add(Guid parent, string path, int depth)
        {
            foreach (var row in below[parent])
            {
                var placed = row with { Path = path.Length == 0 ? row.Name : $"{path} / {row.Name}", Depth = depth };
                tree.Add(placed);
                Add(row.Id, placed.Path, depth + 1);
            }
        }

        Add(Guid.Empty, "", 0);
        return tree;
    }
}
