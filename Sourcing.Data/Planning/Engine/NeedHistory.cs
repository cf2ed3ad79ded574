using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// How the need of materials varied, week by week: what was sold of each and, through today's bills of materials, of all that it goes into. Tells the
/// deviation of demand where no backtest does, and the history that safety stock of intermittent demand is drawn from. See decision 0015.
/// </summary>
internal sealed class NeedHistory
{
    /// <summary>Two years: what lies before says little of how a need varies now.</summary>
    public const int MostWeeks = 104;

    /// <summary>Fewer weeks tell nothing; so few tell no confidence of a forecast either.</summary>
    public const int LeastWeeks = 6;

    /// <summary>A week's deviation is that from the mean of so many weeks before it.</summary>
    private const int MeanWeeks = 13;

    /// <summary>The newest so many deviations count.</summary>
    private const int DeviationWeeks = 52;

    private readonly PlanInput _input;
    private readonly BomGraph _bom;
    private readonly double[]?[] _needs;
    private readonly bool[] _isComponent;

    private NeedHistory(PlanInput canonical, IReadOnlyDictionary<Guid, double[]> sales)
    {
        _input = canonical;
        var places = new Dictionary<Guid, int>(canonical.Materials.Count);
        for (var m = 0; m < canonical.Materials.Count; m++)
        {
            places.TryAdd(canonical.Materials[m].Id, m);
        }

        // What is wrong with the lines, the run itself will tell.
        _bom = BomGraph.Of(new BomReader(canonical, places, []).Read(), canonical.Materials.Count);
        _bom.Rank(m => sales.ContainsKey(canonical.Materials[m].Id));
        (_needs, _isComponent) = (new double[canonical.Materials.Count][], new bool[canonical.Materials.Count]);
        foreach (var (id, weeks) in sales)
        {
            if (places.TryGetValue(id, out var m))
            {
                _needs[m] = weeks;
            }
        }
    }

    /// <summary>The input, its rows in canonical order, with what is known of how the need of each material varies.</summary>
    /// <param name="sales">Sold by week, 0 or more, in the material's unit: for each material <see cref="MostWeeks"/> weeks, of which the last is the last that is over.</param>
    public static PlanInput Into(PlanInput input, IReadOnlyDictionary<Guid, double[]> sales)
    {
        var history = new NeedHistory(CanonicalOrder.Of(input), sales);
        history.Explode();
        return history._input with { Materials = [.. history._input.Materials.Select(history.Known)] };
    }

    /// <summary>Whether the safety stock of a material asks how its need varies.</summary>
    public static bool IsAsked(PlanMaterial material) => material is
    {
        IsPhantom: false, SafetyOverride: null, SafetyMethod: SafetyStockMethod.ServiceLevel or SafetyStockMethod.FillRate or SafetyStockMethod.Intermittent,
    };

    /// <summary>Mean of |need − mean of the thirteen weeks before|, over the newest 52 weeks that have weeks before them.</summary>
    /// <param name="weeks">Two or more.</param>
    public static double Deviation(ReadOnlySpan<double> weeks)
    {
        var (sum, count) = (0.0, 0);
        for (var t = Math.Max(1, weeks.Length - DeviationWeeks); t < weeks.Length; t++)
        {
            var before = weeks[Math.Max(0, t - MeanWeeks)..t];
            var mean = 0.0;
            foreach (var week in before)
            {
                mean += week;
            }

            sum += Math.Abs(weeks[t] - (mean / before.Length));
            count++;
        }

        return sum / count;
    }

    private void Explode()
    {
        var order = Enumerable.Range(0, _needs.Length).Where(m => _bom.Level[m] > 0).OrderBy(m => _bom.Level[m]).ToArray();
        foreach (var m in order)
        {
            var lines = _bom.ByComponent.AsSpan(_bom.ComponentStart[m].._bom.ComponentStart[m + 1]);
            for (var i = 0; i < lines.Length;)
            {
                var end = i + 1;
                while (end < lines.Length && _bom.Parent[lines[end]] == _bom.Parent[lines[i]])
                {
                    end++;
                }

                Add(m, _bom.Parent[lines[i]], Factor(lines[i..end]));
                i = end;
            }
        }
    }

    /// <summary>Of the lines that hold today, or where none does on the day from which the next one will.</summary>
    private double Factor(ReadOnlySpan<int> lines)
    {
        var (today, day, factor) = (_input.AsOf.DayNumber, int.MaxValue, 0m);
        foreach (var line in lines)
        {
            day = _bom.ToDay[line] >= today ? Math.Min(day, Math.Max(today, _bom.FromDay[line])) : day;
        }

        foreach (var line in lines)
        {
            factor += _bom.FromDay[line] <= day && day <= _bom.ToDay[line] ? _bom.Factor[line] : 0;
        }

        return (double)factor;
    }

    private void Add(int m, int parent, double factor)
    {
        if (factor == 0 || _bom.Level[parent] < 0 || _needs[parent] is not { } taken)
        {
            return;
        }

        var started = factor / (double)_input.Materials[parent].Yield;
        var own = _isComponent[m] ? _needs[m]! : _needs[m] is { } sold ? [.. sold] : new double[MostWeeks];
        for (var t = 0; t < MostWeeks; t++)
        {
            own[t] += taken[t] * started;
        }

        (_needs[m], _isComponent[m]) = (own, true);
    }

    private PlanMaterial Known(PlanMaterial material, int m)
    {
        if (!IsAsked(material) || _needs[m] is not { } needs || Array.FindIndex(needs, q => q > 0) is not (>= 0 and <= MostWeeks - LeastWeeks and var first))
        {
            return material;
        }

        var weeks = needs.AsSpan(first);
        var backtest = material.Demand?.Sigma is not null && !_isComponent[m];
        var drawn = material.SafetyMethod == SafetyStockMethod.Intermittent;
        var known = backtest ? material.Demand! : new PlanDemandStats(7, OwnMean(material, m), null, Deviation(weeks));
        return backtest && !drawn ? material : material with
        {
            Demand = known with
            {
                Basis = _isComponent[m] ? PlanDemandBasis.Exploded : PlanDemandBasis.Sales, Periods = weeks.Length,
                History = drawn ? [.. weeks.ToArray().Select(Figures.Quantity)] : [],
            },
        };
    }

    /// <summary>The mean that was forecast of its sales; null for what goes into others too, of which the plan itself knows the whole need.</summary>
    private decimal? OwnMean(PlanMaterial material, int m) => _isComponent[m] || material.Demand?.PeriodDays != 7 ? null : material.Demand.Mean;
}
