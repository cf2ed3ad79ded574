using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Reads parameters: what a scope says itself, and what it has from where.</summary>
public sealed class ParameterQueries(Database database, CurrentUser user)
{
    /// <summary>The plan's, a category's or a part's parameters.</summary>
    /// <param name="targetId">The category or the part; null for the plan.</param>
    public Task<ParametersDetails> DetailsAsync(ParameterScope scope, Guid? targetId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var (title, category) = await TargetAsync(db, scope, targetId, token);
                var categories = await db.PartCategories.IgnoreQueryFilters([SourcingDb.LiveRows]).AsNoTracking().Select(c => new { c.Id, c.Code, c.ParentId }).ToDictionaryAsync(c => c.Id, token);
                var rows = await db.PlanningParameters.AsNoTracking().Where(p => p.Scope != ParameterScope.Part || p.PartId == targetId).ToListAsync(token);
                var resolved = new ResolvedParameters(rows, categories.ToDictionary(c => c.Key, c => c.Value.ParentId));
                var chain = scope switch
                {
                    ParameterScope.Part => resolved.Of(targetId!.Value, category),
                    ParameterScope.Category => resolved.OfCategory(targetId!.Value),
                    _ => [resolved.Plan, PlanningParameters.Defaults()],
                };
                var own = rows.SingleOrDefault(r => r.Scope == scope && (r.CategoryId ?? r.PartId) == targetId);
                string From(PlanningParameters row) => row.Scope switch
                {
                    ParameterScope.Part => title,
                    ParameterScope.Category => $"Category {categories.GetValueOrDefault(row.CategoryId!.Value)?.Code}",
                    _ => rows.Contains(row) ? "Plan" : "Defaults",
                };
                return new ParametersDetails(Form(scope, targetId, own), title, [.. Names(scope).Select(n => Row(n, own, chain, From))]);
            }, ct);
    }

    /// <summary>Categories and parts with parameters of their own, categories first, at most 1,000.</summary>
    public Task<IReadOnlyList<ParameterTarget>> TargetsAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<ParameterTarget>>(
            async (db, token) =>
            {
                var rows = await db.PlanningParameters.AsNoTracking().Where(p => p.Scope != ParameterScope.Plan).OrderBy(p => p.Scope).ThenBy(p => p.Id).Take(1000).ToListAsync(token);
                var (categoryIds, partIds) = (rows.Select(r => r.CategoryId).OfType<Guid>().ToArray(), rows.Select(r => r.PartId).OfType<Guid>().ToArray());
                var names = await db.PartCategories.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(c => categoryIds.Contains(c.Id)).Select(c => new { c.Id, c.Code, c.Name })
                    .Concat(db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, Code = p.Number, p.Name })).ToDictionaryAsync(n => n.Id, token);
                return [.. rows.Select(r => new ParameterTarget(r.Scope, r.CategoryId ?? r.PartId, names[(r.CategoryId ?? r.PartId)!.Value].Code, names[(r.CategoryId ?? r.PartId)!.Value].Name, Count(r), r.UpdatedAt))
                    .Where(t => t.Count > 0).OrderBy(t => t.Scope).ThenBy(t => t.Code, StringComparer.OrdinalIgnoreCase)];
            }, ct);
    }

    private static async Task<(string Title, Guid? Category)> TargetAsync(SourcingDb db, ParameterScope scope, Guid? id, CancellationToken ct)
    {
        switch (scope)
        {
            case ParameterScope.Part:
                var part = await db.Parts.Where(p => p.Id == id).Select(p => new { p.Number, p.Name, p.CategoryId }).SingleOrDefaultAsync(ct) ?? throw new MissingException("part");
                return ($"{part.Number} {part.Name}", part.CategoryId);
            case ParameterScope.Category:
                var category = await db.PartCategories.Where(c => c.Id == id).Select(c => new { c.Code, c.Name }).SingleOrDefaultAsync(ct) ?? throw new MissingException("category");
                return ($"Category {category.Code} {category.Name}", id);
            default:
                return ("The plan", null);
        }
    }

    private static IEnumerable<string> Names(ParameterScope scope) => CycleJson.ParameterProperties.Select(p => p.Name)
        .Where(n => (scope == ParameterScope.Plan || !ParameterService.OfThePlan.Contains(n)) && (n != nameof(PlanningParameters.SafetyStock) || scope == ParameterScope.Part));

    private static int Count(PlanningParameters row) => Names(row.Scope).Count(n => Value(row, n) is not null);

    private static object? Value(PlanningParameters row, string name) => typeof(PlanningParameters).GetProperty(name)!.GetValue(row);

    private static ParameterRow Row(string name, PlanningParameters? own, IReadOnlyList<PlanningParameters> chain, Func<PlanningParameters, string> from)
    {
        var holder = chain.FirstOrDefault(r => Value(r, name) is not null);
        var wider = chain.FirstOrDefault(r => r.Id != own?.Id && Value(r, name) is not null);
        return new(name, own is null ? null : Value(own, name), holder is null ? null : Value(holder, name), holder is null ? "" : from(holder), wider is null ? null : Value(wider, name));
    }

    private static ParametersForm Form(ParameterScope scope, Guid? targetId, PlanningParameters? own)
    {
        var form = new ParametersForm { Scope = scope, TargetId = targetId, Version = own?.Version };
        var source = own ?? (scope == ParameterScope.Plan ? PlanningParameters.Defaults() : null);
        foreach (var property in CycleJson.ParameterProperties.Where(_ => source is not null))
        {
            typeof(ParametersForm).GetProperty(property.Name)!.SetValue(form, property.GetValue(source));
        }

        return form;
    }
}
