using System.Globalization;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Checks BOM lines and makes them edges that can be reckoned with; whatever is doubtful about them becomes an issue.</summary>
internal sealed class BomReader(PlanInput input, IReadOnlyDictionary<Guid, int> places, List<PlanIssue> issues)
{
    /// <summary>Sums of shares this near to 1 are good.</summary>
    private const decimal Good = 0.001m;

    /// <summary>Sums of shares between these come from rounding to two decimals.</summary>
    private const decimal RoundingFrom = 0.94m;
    private const decimal RoundingTo = 1.02m;

    private readonly List<BomEdge> _edges = [];

    /// <summary>Materials whose shares do not come to the whole: what they need is understated or overstated.</summary>
    public HashSet<int> Incomplete { get; } = [];

    /// <summary>Materials of which a line was left out.</summary>
    public HashSet<int> WithMissingLines { get; } = [];

    /// <summary>Lines left out for want of a factor, by component.</summary>
    public List<PlanBomLine> WithoutFactor { get; } = [];

    public IReadOnlyList<BomEdge> Read()
    {
        var lines = input.BomLines;
        for (var i = 0; i < lines.Count;)
        {
            var end = i + 1;
            while (end < lines.Count && lines[end].ParentId == lines[i].ParentId)
            {
                end++;
            }

            Parent(lines, i, end);
            i = end;
        }

        return _edges;
    }

    private void Parent(IReadOnlyList<PlanBomLine> lines, int from, int to)
    {
        if (!places.TryGetValue(lines[from].ParentId, out var parent))
        {
            for (var i = from; i < to; i++)
            {
                Unknown(lines[i], "parent");
            }

            return;
        }

        var material = input.Materials[parent];
        if (!material.IsMade && !material.IsPhantom)
        {
            return;
        }

        var start = _edges.Count;
        if (Lines(lines, from, to, parent, material) is { } shares)
        {
            Shares(shares, parent, material);
        }

        MergeDuplicates(start, material);
    }

    /// <summary>Takes what is told by quantity and gives what is told by share; null where nothing is.</summary>
    private List<PlanBomLine>? Lines(IReadOnlyList<PlanBomLine> lines, int from, int to, int parent, PlanMaterial material)
    {
        List<PlanBomLine>? shares = null;
        for (var i = from; i < to; i++)
        {
            if (Line(lines[i], parent, material) is { } edge)
            {
                if (lines[i].IsPercentage)
                {
                    (shares ??= []).Add(lines[i]);
                }
                else
                {
                    _edges.Add(edge);
                }
            }
        }

        return shares;
    }

    private BomEdge? Line(PlanBomLine line, int parent, PlanMaterial material)
    {
        if (!places.TryGetValue(line.ComponentId, out var component))
        {
            Unknown(line, "component");
            WithMissingLines.Add(parent);
            return null;
        }

        var name = input.Materials[component].Number;
        if (line.QuantityPer <= 0 || line.Scrap is < 0 or >= 1 || line.Conversion <= 0)
        {
            issues.Add(Issue(line, material.Id, PlanSeverity.Blocking, PlanIssueCodes.BomInvalid,
                $"The line of {material.Number} for {name} has the quantity {Figure(line.QuantityPer)} and scrap {Figure(line.Scrap)}, which cannot be reckoned with; it was left out.",
                "Give it a quantity above 0 and a scrap from 0 to below 1."));
            WithMissingLines.Add(parent);
            return null;
        }

        if (line.Conversion is not { } conversion)
        {
            issues.Add(Issue(line, line.ComponentId, PlanSeverity.Blocking, PlanIssueCodes.UnitMissing,
                $"The line of {material.Number} for {name} was left out, because no factor leads from its unit to {input.Materials[component].Unit}.",
                $"Add the factor to the units of {name}, with its source."));
            WithoutFactor.Add(line);
            WithMissingLines.Add(parent);
            return null;
        }

        if (line.ValidFrom > line.ValidTo)
        {
            return null;
        }

        return new(parent, component, Factor(line.QuantityPer, line.Scrap, conversion), Day(line.ValidFrom, int.MinValue), Day(line.ValidTo, int.MaxValue));
    }

    /// <summary>
    /// Sums the shares for each stretch of days in which the same lines hold, judges each sum, and normalises by stretch where that is wanted.
    /// </summary>
    private void Shares(List<PlanBomLine> shares, int parent, PlanMaterial material)
    {
        var starts = new SortedSet<int> { int.MinValue };
        foreach (var line in shares)
        {
            starts.Add(Day(line.ValidFrom, int.MinValue));
            if (line.ValidTo is { } last)
            {
                starts.Add(last.DayNumber + 1);
            }
        }

        var stretch = starts.ToArray();
        for (var i = 0; i < stretch.Length; i++)
        {
            var (first, last) = (stretch[i], i + 1 < stretch.Length ? stretch[i + 1] - 1 : int.MaxValue);
            var here = shares.Where(l => Day(l.ValidFrom, int.MinValue) <= first && Day(l.ValidTo, int.MaxValue) >= last).ToList();
            if (here.Count == 0)
            {
                continue;
            }

            var sum = here.Sum(l => l.QuantityPer);
            var rounded = Math.Abs(sum - 1) > Good && sum is >= RoundingFrom and <= RoundingTo;
            if (last >= input.AsOf.DayNumber)
            {
                Judge(sum, rounded, parent, material, here[0], first);
            }

            var factor = rounded && input.Settings.NormaliseRoundedBoms ? 1 / sum : 1;
            _edges.AddRange(here.Select(l => new BomEdge(parent, places[l.ComponentId], Factor(l.QuantityPer * factor, l.Scrap, l.Conversion!.Value), first, last)));
        }
    }

    private void Judge(decimal sum, bool rounded, int parent, PlanMaterial material, PlanBomLine line, int first)
    {
        var since = first > input.AsOf.DayNumber ? $" from {PlanWords.Date(DateOnly.FromDayNumber(first))}" : "";
        var percent = Figure(decimal.Round(sum * 100, 2));
        if (Math.Abs(sum - 1) <= Good)
        {
            return;
        }

        if (!rounded)
        {
            Incomplete.Add(parent);
            issues.Add(Issue(line, material.Id, PlanSeverity.High, PlanIssueCodes.BomIncomplete,
                $"The shares of {material.Number}{since} come to {percent} %; the plan takes them as they are, so its needs are {(sum < 1 ? "too low" : "too high")}.",
                "Complete the bill of materials so that its shares come to 100 %."));
        }
        else if (input.Settings.NormaliseRoundedBoms)
        {
            issues.Add(Issue(line, material.Id, PlanSeverity.Info, PlanIssueCodes.BomNormalised,
                $"The shares of {material.Number}{since} come to {percent} %; the plan brought them to 100 % in proportion, the lines keep their figures.",
                "Enter the shares with more decimals to make them come to 100 %."));
        }
        else
        {
            issues.Add(Issue(line, material.Id, PlanSeverity.Low, PlanIssueCodes.BomRounding,
                $"The shares of {material.Number}{since} come to {percent} %, which looks like rounding; the plan takes them as they are.",
                "Enter the shares with more decimals, or let the plan normalise rounded bills of materials."));
        }
    }

    /// <summary>Lines for the same component on the same days are added up, which is said.</summary>
    private void MergeDuplicates(int start, PlanMaterial material)
    {
        var count = _edges.Count - start;
        if (count < 2)
        {
            return;
        }

        var own = _edges.GetRange(start, count);
        own.Sort(static (a, b) => a.Component != b.Component ? a.Component.CompareTo(b.Component)
            : a.FromDay != b.FromDay ? a.FromDay.CompareTo(b.FromDay) : a.ToDay != b.ToDay ? a.ToDay.CompareTo(b.ToDay) : a.Factor.CompareTo(b.Factor));
        _edges.RemoveRange(start, count);
        var told = -1;
        foreach (var edge in own)
        {
            if (_edges.Count > start && _edges[^1] is var last && last.Component == edge.Component && last.ToDay >= edge.FromDay)
            {
                if (told != edge.Component)
                {
                    told = edge.Component;
                    var name = input.Materials[edge.Component].Number;
                    issues.Add(new()
                    {
                        Severity = PlanSeverity.Medium, Code = PlanIssueCodes.BomDuplicate, MaterialId = material.Id, EntityId = material.Id, Entity = "bom_line",
                        RowRef = name, Message = $"{material.Number} lists {name} more than once for the same days; the quantities were added up.",
                        Action = "Make one line of them, or end the first before the second begins.",
                    });
                }

                if (last.FromDay == edge.FromDay && last.ToDay == edge.ToDay)
                {
                    _edges[^1] = last with { Factor = last.Factor + edge.Factor };
                    continue;
                }
            }

            _edges.Add(edge);
        }
    }

    private void Unknown(PlanBomLine line, string end) => issues.Add(Issue(line, null, PlanSeverity.Blocking, PlanIssueCodes.UnknownMaterial,
        $"A BOM line was left out, because its {end} is not among the plan's materials.", $"Add the {end} to the catalogue, or delete the line."));

    private static PlanIssue Issue(PlanBomLine line, Guid? material, PlanSeverity severity, string code, string message, string action) => new()
    {
        Severity = severity, Code = code, MaterialId = material, EntityId = line.LineId ?? line.ParentId, Entity = "bom_line", RowRef = line.LineRef,
        Message = message, Action = action,
    };

    /// <summary>Component units per unit started, to 18 significant decimals so that products stay exact to the millionth.</summary>
    private static decimal Factor(decimal quantityPer, decimal scrap, decimal conversion) =>
        decimal.Round(quantityPer * conversion / (1 - scrap), 18, MidpointRounding.AwayFromZero);

    private static int Day(DateOnly? date, int otherwise) => date?.DayNumber ?? otherwise;

    private static string Figure(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
