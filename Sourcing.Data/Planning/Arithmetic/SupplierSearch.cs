using System.Runtime.CompilerServices;

namespace Sourcing.Data.Planning.Arithmetic;

/// <summary>Weighs sets of suppliers against each other for one request.</summary>
internal readonly ref struct SupplierSearch
{
    private readonly SupplierRequest _request;
    private readonly ReadOnlySpan<SupplierOffer> _offers;
    private readonly ReadOnlySpan<SupplierAssessment> _assessments;
    private readonly decimal _most;

    internal SupplierSearch(in SupplierRequest request, ReadOnlySpan<SupplierOffer> offers, ReadOnlySpan<SupplierAssessment> assessments, bool capped)
    {
        _request = request;
        _offers = offers;
        _assessments = assessments;
        _most = capped ? Figures.Down(request.Quantity * request.ShareCap, request.Precision) : decimal.MaxValue;
    }

    [InlineArray(SupplierChoice.MostShared)]
    internal struct Three<T>
    {
        private T _first;
    }

    /// <summary>Suppliers with what each would get, the cheapest first.</summary>
    internal struct Set
    {
        public int Count;
        public Three<int> Members;
        public Three<decimal> Quantities;

        /// <summary>Σ u·q + ΣK + λ·(1 − S)·q.</summary>
        public decimal Cost;

        /// <summary>What these suppliers cannot take.</summary>
        public decimal Shortfall;

        public readonly bool Has(int offer)
        {
            for (var i = 0; i < Count; i++)
            {
                if (Members[i] == offer)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The best of all sets of one to three from the pool.</summary>
    internal Set Cheapest(ReadOnlySpan<int> pool)
    {
        var best = Of(pool[0]);
        for (var i = 1; i < pool.Length; i++)
        {
            Keep(Of(pool[i]), ref best);
        }

        if (pool.Length == 1 || Unbeatable(best, pool))
        {
            return best;
        }

        for (var i = 0; i < pool.Length; i++)
        {
            for (var j = i + 1; j < pool.Length; j++)
            {
                Keep(Of(pool[i], pool[j]), ref best);
                for (var k = j + 1; k < pool.Length; k++)
                {
                    Keep(Of(pool[i], pool[j], pool[k]), ref best);
                }
            }
        }

        return best;
    }

    /// <summary>What this supplier alone, or up to three, would get and cost. Places are offers'; −1 stands for none.</summary>
    internal Set Of(int first, int second = -1, int third = -1)
    {
        var set = default(Set);
        Enter(ref set, first);
        Enter(ref set, second);
        Enter(ref set, third);
        var open = _request.Quantity;
        for (var i = 0; i < set.Count; i++)
        {
            open -= set.Quantities[i] = _offers[set.Members[i]].Minimum;
        }

        for (var i = 0; i < set.Count && open > 0; i++)
        {
            var taken = Math.Min(open, Math.Max(0, Room(set.Members[i]) - set.Quantities[i]));
            set.Quantities[i] += taken;
            open -= taken;
        }

        set.Shortfall = Math.Max(0, open);
        for (var i = 0; i < set.Count; i++)
        {
            ref readonly var offer = ref _offers[set.Members[i]];
            set.Cost += ((offer.LandedPrice(set.Quantities[i]) + Penalty(set.Members[i])) * set.Quantities[i]) + offer.OrderingCost;
        }

        return set;
    }

    /// <summary>Whether the one set is to be taken rather than the other.</summary>
    internal bool Better(in Set one, in Set other)
    {
        if (one.Shortfall != other.Shortfall)
        {
            return one.Shortfall < other.Shortfall;
        }

        if (one.Cost != other.Cost)
        {
            return one.Cost < other.Cost;
        }

        if (one.Count != other.Count)
        {
            return one.Count < other.Count;
        }

        return one.Count == 1 ? Before(_offers[one.Members[0]], _offers[other.Members[0]]) : Before(one, other);
    }

    /// <summary>The more reliable, then the quicker, then the lower number.</summary>
    internal static bool Before(in SupplierOffer one, in SupplierOffer other) =>
        one.Reliability != other.Reliability ? one.Reliability > other.Reliability
        : one.LeadTimeDays != other.LeadTimeDays ? one.LeadTimeDays < other.LeadTimeDays
        : one.Supplier < other.Supplier;

    /// <summary>The same for sets: mean reliability by quantity, the longest lead time, the numbers in their order.</summary>
    private bool Before(in Set one, in Set other)
    {
        var (reliability, otherReliability) = (Reliability(one), Reliability(other));
        if (reliability != otherReliability)
        {
            return reliability > otherReliability;
        }

        var (leadTime, otherLeadTime) = (LeadTime(one), LeadTime(other));
        if (leadTime != otherLeadTime)
        {
            return leadTime < otherLeadTime;
        }

        for (var i = 0; i < one.Count; i++)
        {
            var (supplier, otherSupplier) = (_offers[one.Members[i]].Supplier, _offers[other.Members[i]].Supplier);
            if (supplier != otherSupplier)
            {
                return supplier < otherSupplier;
            }
        }

        return false;
    }

    private void Keep(in Set set, ref Set best)
    {
        // A supplier that would get nothing does not belong to the set.
        for (var i = 0; i < set.Count; i++)
        {
            if (set.Quantities[i] <= 0)
            {
                return;
            }
        }

        if (Better(set, best))
        {
            best = set;
        }
    }

    /// <summary>
    /// Whether no set of several can cost less than this one supplier: whatever it holds, it pays its lowest price for the whole quantity and that
    /// supplier's ordering cost at least.
    /// </summary>
    private bool Unbeatable(in Set best, ReadOnlySpan<int> pool)
    {
        if (best.Shortfall > 0)
        {
            return false;
        }

        foreach (var i in pool)
        {
            if (((_offers[i].LowestPrice() + Penalty(i)) * _request.Quantity) + _offers[i].OrderingCost < best.Cost)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts a supplier in its place by price, so that the cheapest is filled first.</summary>
    private void Enter(ref Set set, int offer)
    {
        if (offer < 0)
        {
            return;
        }

        var at = set.Count++;
        for (; at > 0 && Cheaper(offer, set.Members[at - 1]); at--)
        {
            set.Members[at] = set.Members[at - 1];
        }

        set.Members[at] = offer;
    }

    private bool Cheaper(int one, int other)
    {
        var (price, otherPrice) = (_assessments[one].LandedPrice + Penalty(one), _assessments[other].LandedPrice + Penalty(other));
        return price != otherPrice ? price < otherPrice : Before(_offers[one], _offers[other]);
    }

    /// <summary>λ·(1 − S), money a unit.</summary>
    private decimal Penalty(int offer) => _request.ScoreWeight == 0 ? 0 : _request.ScoreWeight * (1 - _assessments[offer].Score);

    /// <summary>The most that it may be filled up to; its smallest order it gets in any case.</summary>
    private decimal Room(int offer) => Math.Min(_offers[offer].ContractRemaining ?? decimal.MaxValue, _most);

    private decimal Reliability(in Set set)
    {
        var (sum, quantity) = (0m, 0m);
        for (var i = 0; i < set.Count; i++)
        {
            sum += _offers[set.Members[i]].Reliability * set.Quantities[i];
            quantity += set.Quantities[i];
        }

        return sum / quantity;
    }

    private int LeadTime(in Set set)
    {
        var longest = 0;
        for (var i = 0; i < set.Count; i++)
        {
            longest = Math.Max(longest, _offers[set.Members[i]].LeadTimeDays);
        }

        return longest;
    }
}
