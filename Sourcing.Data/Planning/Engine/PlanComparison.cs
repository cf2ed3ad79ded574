namespace Sourcing.Data.Planning.Engine;

/// <summary>Compares plans material by material, so that each comparison is a short one.</summary>
internal sealed class PlanComparison(DateOnly asOf, PlanSettings settings, int[] starts)
{
    private readonly Dictionary<Guid, Pair> _pairs = [];
    private readonly List<PlanChange> _changes = [];
    private readonly decimal[] _moved = new decimal[3];
    private readonly decimal[] _total = new decimal[3];

    /// <summary>Adds the lines of one of the two plans; those of one key become one line.</summary>
    public void Take(IEnumerable<PlanDiffLine> lines, bool isAfter)
    {
        var (material, side) = (Guid.Empty, (List<Entry>?)null);
        foreach (var line in lines)
        {
            // Lines of one material stand together as a rule.
            if (side is null || line.MaterialId != material)
            {
                material = line.MaterialId;
                if (!_pairs.TryGetValue(material, out var pair))
                {
                    _pairs.Add(material, pair = new());
                }

                side = isAfter ? pair.After : pair.Before;
            }

            Add(side, line);
        }
    }

    public PlanDiff Diff(Func<List<PlanChange>, List<PlanNervousness>, decimal?, PlanDiff> make)
    {
        foreach (var pair in _pairs.OrderBy(p => p.Key).Select(p => p.Value))
        {
            Compare(pair);
        }

        var zones = Enum.GetValues<PlanZone>().Select(z => new PlanNervousness(z, _moved[(int)z], _total[(int)z], Ratio(_moved[(int)z], _total[(int)z]))).ToList();
        return make(_changes, zones, Ratio(_moved.Sum(), _total.Sum()));
    }

    /// <summary>Unit costs of one key are averaged by quantity.</summary>
    private void Add(List<Entry> side, PlanDiffLine line)
    {
        var at = Array.BinarySearch(starts, line.NeedDate.DayNumber);
        var bucket = Math.Max(0, at >= 0 ? at : ~at - 1);
        for (var i = side.Count - 1; i >= 0; i--)
        {
            var known = side[i];
            if (known.Bucket == bucket && known.Line.SupplierId == line.SupplierId)
            {
                var sum = known.Line.Quantity + line.Quantity;
                var cost = sum == 0 || known.Line.UnitCost == line.UnitCost ? known.Line.UnitCost
                    : ((known.Line.Quantity * known.Line.UnitCost) + (line.Quantity * line.UnitCost)) / sum;
                known.Line = known.Line with { Quantity = sum, UnitCost = cost };
                return;
            }
        }

        side.Add(new(bucket, line));
    }

    private void Compare(Pair pair)
    {
        foreach (var old in pair.Before)
        {
            _total[(int)Zone(old.Line.NeedDate)] += old.Line.Quantity;
        }

        var first = _changes.Count;
        MatchKeys(pair);
        Match(pair, (old, now) => old.Bucket == now.Bucket ? 0 : null);
        Match(pair, (old, now) => old.Line.SupplierId == now.Line.SupplierId ? Math.Abs(old.Bucket - now.Bucket) : null);
        foreach (var old in pair.Before.Where(e => !e.IsMatched))
        {
            Note(old.Line, null);
        }

        foreach (var now in pair.After.Where(e => !e.IsMatched))
        {
            Note(null, now.Line);
        }

        _changes.Sort(first, _changes.Count - first, Comparer<PlanChange>.Create(ByDate));
    }

    private void MatchKeys(Pair pair)
    {
        foreach (var old in pair.Before)
        {
            foreach (var now in pair.After)
            {
                if (old.Bucket == now.Bucket && old.Line.SupplierId == now.Line.SupplierId)
                {
                    Match(old, now);
                    break;
                }
            }
        }
    }

    /// <summary>Matches what is left, the nearest first.</summary>
    private void Match(Pair pair, Func<Entry, Entry, int?> distance)
    {
        List<(int Far, Entry Old, Entry Now)>? matches = null;
        foreach (var old in pair.Before)
        {
            foreach (var now in pair.After)
            {
                if (!old.IsMatched && !now.IsMatched && distance(old, now) is { } far)
                {
                    (matches ??= []).Add((far, old, now));
                }
            }
        }

        matches?.Sort(static (a, b) => a.Far != b.Far ? a.Far.CompareTo(b.Far) : a.Old.CompareTo(b.Old) is not 0 and var c ? c : a.Now.CompareTo(b.Now));
        foreach (var (_, old, now) in matches ?? [])
        {
            if (!old.IsMatched && !now.IsMatched)
            {
                Match(old, now);
            }
        }
    }

    private void Match(Entry old, Entry now)
    {
        (old.IsMatched, now.IsMatched) = (true, true);
        Note(old.Line, now.Line);
    }

    private void Note(PlanDiffLine? old, PlanDiffLine? now)
    {
        var kinds = Kinds(old, now);
        if (kinds == PlanChangeKinds.None)
        {
            return;
        }

        var delta = (now?.Quantity ?? 0) - (old?.Quantity ?? 0);
        var day = old is { } o && now is { } n ? (o.NeedDate < n.NeedDate ? o.NeedDate : n.NeedDate) : (old ?? now)!.Value.NeedDate;

        // What went to another date moved as a whole.
        _moved[(int)Zone(day)] += (kinds & PlanChangeKinds.Date) != 0 ? Math.Max(old!.Value.Quantity, now!.Value.Quantity) : Math.Abs(delta);
        _changes.Add(new((old ?? now)!.Value.MaterialId, kinds, old, now, delta, Cost(now) - Cost(old), Zone(day)));
    }

    private PlanZone Zone(DateOnly day) => (day.DayNumber - asOf.DayNumber) switch
    {
        var ahead when ahead < settings.FrozenFenceDays => PlanZone.Frozen,
        var ahead when ahead <= settings.ReleaseWindowDays => PlanZone.Release,
        _ => PlanZone.Later,
    };

    private static PlanChangeKinds Kinds(PlanDiffLine? old, PlanDiffLine? now)
    {
        if (old is not { } before)
        {
            return PlanChangeKinds.New;
        }

        if (now is not { } after)
        {
            return PlanChangeKinds.Gone;
        }

        return (before.Quantity != after.Quantity ? PlanChangeKinds.Quantity : 0) | (before.NeedDate != after.NeedDate ? PlanChangeKinds.Date : 0)
            | (before.SupplierId != after.SupplierId ? PlanChangeKinds.Supplier : 0) | (before.UnitCost != after.UnitCost ? PlanChangeKinds.Cost : 0)
            | (before.SupplierId == after.SupplierId && before.LeadTimeDays is { } was && after.LeadTimeDays is { } takes && was != takes ? PlanChangeKinds.LeadTime : 0);
    }

    private static decimal? Cost(PlanDiffLine? line) => line is not { } l ? 0 : l.UnitCost is { } unit ? decimal.Round(unit * l.Quantity, 4) : null;

    private static decimal? Ratio(decimal moved, decimal total) => total == 0 ? null : decimal.Round(moved / total, 6);

    private static int ByDate(PlanChange a, PlanChange b)
    {
        var (x, y) = ((a.After ?? a.Before)!.Value, (b.After ?? b.Before)!.Value);
        var c = x.NeedDate.CompareTo(y.NeedDate);
        c = c != 0 ? c : Nullable.Compare(x.SupplierId, y.SupplierId);
        return c != 0 ? c : a.Kinds.CompareTo(b.Kinds);
    }

    private sealed class Pair
    {
        public List<Entry> Before { get; } = [];

        public List<Entry> After { get; } = [];
    }

    private sealed class Entry(int bucket, PlanDiffLine line)
    {
        public int Bucket { get; } = bucket;

        public PlanDiffLine Line { get; set; } = line;

        public bool IsMatched { get; set; }

        public int CompareTo(Entry other) => Bucket != other.Bucket ? Bucket.CompareTo(other.Bucket) : Nullable.Compare(Line.SupplierId, other.Line.SupplierId);
    }
}
