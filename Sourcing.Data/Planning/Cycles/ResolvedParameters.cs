namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Which parameters hold for a part: its own before those of its category, the nearest category before the wider ones, and those before the
/// plan's. What nobody said is what <see cref="PlanningParameters.Defaults"/> says.
/// </summary>
internal sealed class ResolvedParameters
{
    private readonly Dictionary<Guid, PlanningParameters> _ofParts = [];
    private readonly Dictionary<Guid, PlanningParameters> _ofCategories = [];
    private readonly IReadOnlyDictionary<Guid, Guid?> _parents;
    private readonly Dictionary<Guid, PlanningParameters[]> _chains = [];
    private readonly PlanningParameters[] _wide;

    /// <param name="rows">All that there are.</param>
    /// <param name="parents">Category to the one around it.</param>
    public ResolvedParameters(IEnumerable<PlanningParameters> rows, IReadOnlyDictionary<Guid, Guid?> parents)
    {
        PlanningParameters? plan = null;
        foreach (var row in rows)
        {
            switch (row.Scope)
            {
                case ParameterScope.Part:
                    _ofParts[row.PartId!.Value] = row;
                    break;
                case ParameterScope.Category:
                    _ofCategories[row.CategoryId!.Value] = row;
                    break;
                default:
                    plan = row;
                    break;
            }
        }

        _parents = parents;
        Plan = plan ?? PlanningParameters.Defaults();
        _wide = [Plan, PlanningParameters.Defaults()];
    }

    /// <summary>The plan's own, or the defaults where it has none.</summary>
    public PlanningParameters Plan { get; }

    /// <summary>Those that are asked one after the other, the narrowest first.</summary>
    public IReadOnlyList<PlanningParameters> Of(Guid partId, Guid? categoryId)
    {
        var wider = categoryId is { } category ? Chain(category) : _wide;
        return _ofParts.TryGetValue(partId, out var own) ? [own, .. wider] : wider;
    }

    /// <summary>The same for a category.</summary>
    public IReadOnlyList<PlanningParameters> OfCategory(Guid categoryId) => Chain(categoryId);

    /// <summary>Whether the part or a category of it says so itself.</summary>
    public static bool IsNarrow<T>(IReadOnlyList<PlanningParameters> rows, Func<PlanningParameters, T?> pick) where T : struct =>
        rows.Any(r => r.Scope != ParameterScope.Plan && pick(r) is not null);

    /// <summary>The narrowest figure; null where nobody has one.</summary>
    public static T? Pick<T>(IReadOnlyList<PlanningParameters> rows, Func<PlanningParameters, T?> pick) where T : struct
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (pick(rows[i]) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private PlanningParameters[] Chain(Guid category)
    {
        if (_chains.TryGetValue(category, out var known))
        {
            return known;
        }

        var rows = new List<PlanningParameters>();
        var seen = new HashSet<Guid>();
        for (Guid? at = category; at is { } id && seen.Add(id); at = _parents.GetValueOrDefault(id))
        {
            if (_ofCategories.TryGetValue(id, out var row))
            {
                rows.Add(row);
            }
        }

        return _chains[category] = [.. rows, .. _wide];
    }
}
