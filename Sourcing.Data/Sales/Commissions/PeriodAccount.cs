using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>What one representative earns by one plan in one of its periods: what the ledger holds, what it should hold, and the lines between the two.</summary>
internal sealed class PeriodAccount(Guid repId, Guid planId, DateOnly start)
{
    private readonly Dictionary<Guid, Bucket> _buckets = [];

    public Guid RepId => repId;

    public Guid PlanId => planId;

    public DateOnly Start => start;

    /// <summary>Bonuses and floor in the ledger by what they are for.</summary>
    public Dictionary<string, decimal> Extras { get; } = [];

    /// <summary>The base of all versions, after <see cref="Settle"/>.</summary>
    public decimal Base { get; private set; }

    /// <summary>What orders have earned, after <see cref="Settle"/>.</summary>
    public decimal Earned { get; private set; }

    public IEnumerable<Claim> Claims => _buckets.Values.SelectMany(b => b.Wanted.Values);

    /// <summary>The last version that has a claim here.</summary>
    public CommissionTerms? LastTerms => _buckets.Values.OrderBy(b => b.Terms.ValidFrom).LastOrDefault()?.Terms;

    public Bucket Of(CommissionTerms terms)
    {
        if (!_buckets.TryGetValue(terms.VersionId, out var bucket))
        {
            _buckets[terms.VersionId] = bucket = new(terms);
        }

        return bucket;
    }

    /// <summary>Writes the lines that bring each version from what the ledger holds to what it should hold. They have no key yet.</summary>
    public IEnumerable<LedgerLine> Settle(decimal? quota, DateOnly through)
    {
        var carried = new Dictionary<string, decimal>();
        foreach (var bucket in _buckets.Values.OrderBy(b => b.Terms.ValidFrom))
        {
            var function = new PeriodFunction(bucket.Terms, quota, carried, Earned);
            var bases = bucket.HeldBases();
            var value = function.Amount(bases);
            if (value != bucket.HeldAmount)
            {
                yield return Recomputed(bucket, function, value, bases, through);
            }

            foreach (var change in bucket.Changes(through))
            {
                var after = new Dictionary<string, decimal>(bases);
                foreach (var (rule, by) in change.Bases)
                {
                    after[rule] = after.GetValueOrDefault(rule) + by;
                }

                var next = function.Amount(after);
                yield return Line(bucket, function, change, bases, after, value, next);
                (bases, value) = (after, next);
            }

            foreach (var (rule, sum) in bases)
            {
                carried[rule] = carried.GetValueOrDefault(rule) + sum;
            }

            Earned += value;
        }

        Base = Math.Max(0, carried.Values.Sum());
    }

    private LedgerLine Line(
        Bucket bucket, PeriodFunction function, Change change, Dictionary<string, decimal> before, Dictionary<string, decimal> after, decimal value, decimal next)
    {
        var terms = bucket.Terms;
        var steps = terms.Rules.Where(r => change.Bases.ContainsKey(r.Key)).Select(r => function.Step(r, before.GetValueOrDefault(r.Key), after.GetValueOrDefault(r.Key))).ToList();
        return new(Guid.Empty, change.IsFirst ? CommissionKind.Order : CommissionKind.Correction, repId, change.OrderId, change.EventKey, planId, terms.VersionId, start, change.Day,
            change.Bases.Values.Sum(), next - value, terms.Currency, null, change.Bases, new LineArithmetic
            {
                Plan = terms.Plan, Version = terms.Number, Currency = terms.Currency, Order = change.Order, Rules = steps,
                Period = Period(terms, function, before, after, value, next), Why = change.IsFirst ? null : change.Why,
            });
    }

    private LedgerLine Recomputed(Bucket bucket, PeriodFunction function, decimal value, Dictionary<string, decimal> bases, DateOnly through)
    {
        var terms = bucket.Terms;
        var last = terms.Period.Add(start, 1).AddDays(-1);
        return new(Guid.Empty, CommissionKind.Correction, repId, null, "recomputed", planId, terms.VersionId, start, last < through ? last : through, 0, value - bucket.HeldAmount, terms.Currency, null,
            new Dictionary<string, decimal>(), new LineArithmetic
            {
                Plan = terms.Plan, Version = terms.Number, Currency = terms.Currency, Period = Period(terms, function, bases, bases, bucket.HeldAmount, value),
                Why = "The quota of the period, or what an earlier version of the plan had cumulated in it, has changed since.",
            });
    }

    private PeriodStep Period(CommissionTerms terms, PeriodFunction function, Dictionary<string, decimal> before, Dictionary<string, decimal> after, decimal value, decimal next) =>
        new(start, terms.Period.NameOf(start), function.Quota, function.Carried + before.Values.Sum(), function.Carried + after.Values.Sum(), terms.Accelerator,
            function.Accelerated(after) - function.Accelerated(before), function.CapLeft, function.IsCapped(after), value, next);

    /// <summary>What the ledger should hold more, or less, of an event.</summary>
    internal sealed record Change(Guid OrderId, string EventKey, DateOnly Day, bool IsFirst, IReadOnlyDictionary<string, decimal> Bases, OrderStep? Order, string Why);

    /// <summary>One version in the period.</summary>
    internal sealed class Bucket(CommissionTerms terms)
    {
        private readonly Dictionary<(Guid Order, string Event), (DateOnly Day, Dictionary<string, decimal> Bases)> _held = [];

        public CommissionTerms Terms => terms;

        public decimal HeldAmount { get; private set; }

        public Dictionary<(Guid Order, string Event), Claim> Wanted { get; } = [];

        public void Hold(LedgerLine line)
        {
            HeldAmount += line.Amount;
            if (line.OrderId is not { } order)
            {
                return;
            }

            if (!_held.TryGetValue((order, line.EventKey), out var held))
            {
                _held[(order, line.EventKey)] = held = (line.EarnedOn, []);
            }

            foreach (var (rule, by) in line.Bases)
            {
                held.Bases[rule] = held.Bases.GetValueOrDefault(rule) + by;
            }
        }

        public Dictionary<string, decimal> HeldBases()
        {
            var sum = new Dictionary<string, decimal>();
            foreach (var (rule, by) in _held.Values.SelectMany(h => h.Bases))
            {
                sum[rule] = sum.GetValueOrDefault(rule) + by;
            }

            return sum;
        }

        /// <summary>In the order of their days; what is gone first on a day.</summary>
        public IReadOnlyList<Change> Changes(DateOnly through)
        {
            var changes = new List<Change>();
            foreach (var ((order, key), held) in _held)
            {
                if (!Wanted.ContainsKey((order, key)) && held.Day <= through && held.Bases.Values.Any(b => b != 0))
                {
                    changes.Add(new(order, key, held.Day, false, held.Bases.ToDictionary(b => b.Key, b => -b.Value), null,
                        "What had earned this line is not there any more, or belongs to somebody else or to another version."));
                }
            }

            foreach (var ((order, key), claim) in Wanted)
            {
                var held = _held.GetValueOrDefault((order, key)).Bases;
                var by = claim.Bases.Keys.Union(held?.Keys ?? Enumerable.Empty<string>()).Select(r => (Rule: r, By: claim.Bases.GetValueOrDefault(r) - (held?.GetValueOrDefault(r) ?? 0)))
                    .Where(r => r.By != 0).ToDictionary(r => r.Rule, r => r.By);
                if (by.Count > 0)
                {
                    changes.Add(new(order, key, claim.Day, held is null, by, claim.Order with { Before = held?.Values.Sum() ?? 0 }, "The amount, the share or the exchange rate has changed since."));
                }
            }

            return [.. changes.OrderBy(c => c.Day).ThenBy(c => c.Order is not null).ThenBy(c => c.Order?.Number, StringComparer.Ordinal).ThenBy(c => c.EventKey, StringComparer.Ordinal).ThenBy(c => c.OrderId)];
        }
    }
}
