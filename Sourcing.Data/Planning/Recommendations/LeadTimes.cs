using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Cycles;

namespace Sourcing.Data.Planning;

/// <summary>Lead times on dates, in the days that a cycle counts: calendar days, or Monday to Friday.</summary>
internal sealed class LeadTimes(bool working)
{
    private readonly WorkingDays? _days = working ? new WorkingDays() : null;

    /// <summary>As a cycle's parameters say.</summary>
    /// <param name="parameters">JSON.</param>
    public static LeadTimes Of(string parameters) => new(CycleJson.ReadParameters(parameters).Any(p => p is { Name: nameof(PlanningParameters.WorkingDays), Value: "True" }));

    /// <summary>The last day on which to order what is needed on a day.</summary>
    public DateOnly OrderBy(DateOnly need, int days) => _days?.Subtract(need, days) ?? need.AddDays(-days);

    /// <summary>When it comes if it is ordered on the last day for it, or today where that is past.</summary>
    public DateOnly Arrives(DateOnly orderBy, DateOnly today, int days)
    {
        var placed = orderBy < today ? today : orderBy;
        return _days?.Add(placed, days) ?? placed.AddDays(days);
    }
}
