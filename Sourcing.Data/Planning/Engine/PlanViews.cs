using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Makes records of the arrays of a run when somebody asks.</summary>
internal sealed class PlanViews(PlanModel model) : IReadOnlyList<PlannedOrder>
{
    private readonly int[] _offsets = new int[model.States.Length + 1];
    private readonly ConcurrentDictionary<int, OrderDetail?[]> _explained = new();

    public int Count => _offsets[^1];

    public PlannedOrder this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var m = MaterialOf(index);
            return Order(m, index - _offsets[m]);
        }
    }

    public IEnumerator<PlannedOrder> GetEnumerator()
    {
        for (var m = 0; m < model.States.Length; m++)
        {
            for (var o = 0; o < model.States[m].Orders.Length; o++)
            {
                yield return Order(m, o);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The material that an order is for.</summary>
    public int MaterialOf(int order)
    {
        var at = Array.BinarySearch(_offsets, order);
        if (at < 0)
        {
            return ~at - 1;
        }

        // Materials without orders begin where the next one does.
        while (_offsets[at + 1] == order)
        {
            at++;
        }

        return at;
    }

    public int OffsetOf(int material) => _offsets[material];

    public PlanResult Result(string hash, List<PhaseTimes> times, TimeSpan prepared, long start)
    {
        var (messages, issues) = (model.Messages, model.Issues);
        var (pegs, recommendations, failed) = (0L, 0, 0);
        var rows = new PlanRow[model.States.Length];
        for (var m = 0; m < model.States.Length; m++)
        {
            var state = model.States[m];
            _offsets[m + 1] = _offsets[m] + state.Orders.Length;
            issues.AddRange(state.Issues ?? []);
            foreach (var message in state.Messages ?? [])
            {
                messages.Add(message.OrderIndex is { } o ? message with { OrderIndex = o + _offsets[m] } : message);
            }

            rows[m] = Row(m, state);
            failed += state.HasFailed ? 1 : 0;
            pegs += state.Pegs.Length;
            recommendations += state.Orders.Count(o => IsRecommendation(state, o));
        }

        Collect(messages, issues);
        return new(model.Places, this)
        {
            Input = model.Input,
            InputHash = hash,
            Status = model.Skipped + failed > 0 || model.Issues.Any(i => i.Severity == PlanSeverity.Blocking) ? PlanStatus.CompletedWithErrors : PlanStatus.Completed,
            Buckets = [.. Enumerable.Range(0, model.Buckets).Select(Bucket)],
            Rows = rows,
            Orders = this,
            Recommendations = Recommendations(),
            Messages = messages,
            Issues = issues,
            Pegging = new(model, this),
            Counts = new(rows.Length, model.ByLevel.Length, model.Bom.LineCount, model.Skipped + failed, Count, recommendations, pegs, messages.Count, issues.Count,
                issues.Count(i => i.Severity == PlanSeverity.Blocking)),
            Timings = new(prepared, Sum(times, t => t.Explode), Sum(times, t => t.Net), Sum(times, t => t.Lot), Sum(times, t => t.Supplier),
                Sum(times, t => t.Peg), Stopwatch.GetElapsedTime(start)),
        };
    }

    /// <summary>Messages that are faults of the data too, so that one list holds all there is to mend.</summary>
    private static void Collect(List<PlanMessage> messages, List<PlanIssue> issues)
    {
        foreach (var message in messages)
        {
            var code = message.Kind switch
            {
                PlanMessageKind.NoBom => PlanIssueCodes.NoBom,
                PlanMessageKind.NoSupplier => PlanIssueCodes.NoSupplier,
                _ => null,
            };
            if (code is not null)
            {
                issues.Add(new()
                {
                    Severity = PlanSeverity.High, Code = code, MaterialId = message.Material.Id, EntityId = message.Material.Id, Entity = "material",
                    RowRef = message.Material.Number, Message = Reasoning.Sentence(message), Action = Reasoning.Action(message),
                });
            }
        }
    }

    private static TimeSpan Sum(List<PhaseTimes> times, Func<PhaseTimes, long> phase) =>
        TimeSpan.FromSeconds(times.Sum(phase) / (double)Stopwatch.Frequency);

    private PlanBucket Bucket(int b) => new(
        b, model.Calendar.NeedDate(b), b == model.Calendar.Later ? null : model.Calendar.Start(b + 1).AddDays(-1), model.Calendar.Label(b));

    // What is needed no later than an order that is due goes with it, though its own supplier is faster: accepted alone, the due one would leave a
    // need that the next run divides anew.
    private static bool IsRecommendation(MaterialState state, in OrderCore order) =>
        order.Kind is PlannedOrderKind.Purchase or PlannedOrderKind.Unsourced && order.Bucket <= state.DueBucket;

    private IEnumerable<PlannedOrder> Recommendations()
    {
        for (var m = 0; m < model.States.Length; m++)
        {
            for (var o = 0; o < model.States[m].Orders.Length; o++)
            {
                if (IsRecommendation(model.States[m], model.States[m].Orders[o]))
                {
                    yield return Order(m, o);
                }
            }
        }
    }

    private PlanRow Row(int m, MaterialState state) => new(SeriesOf)
    {
        Index = m,
        Material = model.Materials[m],
        Level = model.Bom.Level[m],
        IsSkipped = model.Bom.Level[m] < 0 || state.HasFailed,
        OpeningStock = Micro.Quantity(state.Opening - state.Negative),
        ReorderPoint = state.ReorderPoint,
        Safety = state.SafetyFacts ?? new() { Quantity = 0 },
        Lot = state.LotFacts ?? new(0, 0, 0, 0, null),
        LotMethod = state.Method,
        LeadTimeDays = state.LeadTime,
        CoverDays = CoverOf(state),
        Orders = _offsets[m].._offsets[m + 1],
        Confidence = state.Confidence,
    };

    /// <summary>Days until stock and open receipts run out, needs and receipts taken by bucket.</summary>
    private int? CoverOf(MaterialState state)
    {
        var stock = state.Opening - state.Negative;
        for (var b = 0; b < model.Buckets; b++)
        {
            stock += (state.Receipts?[b] ?? 0) - state.Gross(b);
            if (stock < 0)
            {
                return model.NeedDay[b] - model.Today;
            }
        }

        return null;
    }

    private PlannedOrder Order(int m, int o)
    {
        var state = model.States[m];
        var (core, material) = (state.Orders[o], model.Materials[m]);
        var detail = state.Details?[o] ?? (core.Kind == PlannedOrderKind.PassThrough ? null : _explained.GetOrAdd(m, Explain)[o]);
        var offer = core.Offer >= 0 ? model.Offers.Rows[core.Offer] : null;
        var quantity = Micro.Quantity(core.Quantity);
        var tier = Tier(offer, quantity);
        var unit = UnitCost(core, material, tier);
        var need = DateOnly.FromDayNumber(core.NeedDay);
        var arrival = core.Kind == PlannedOrderKind.PassThrough ? need : model.Calendar.Arrival(model.Input.AsOf, core.LeadTime);
        var risks = detail?.Risks ?? Arithmetic.RiskCodes.None;
        return new()
        {
            Index = _offsets[m] + o, Material = material, Kind = core.Kind,
            SupplierId = offer?.SupplierId, SupplierName = offer?.SupplierName, OfferId = offer?.OfferId,
            Quantity = quantity, Bucket = core.Bucket, NeedDate = need, ReceiptDate = arrival > need ? arrival : need,
            ReleaseDate = DateOnly.FromDayNumber(core.ReleaseDay), OrderBy = DateOnly.FromDayNumber(core.OrderByDay),
            PastDueDays = Math.Max(0, model.Today - core.OrderByDay), LeadTimeDays = core.LeadTime,
            UnitCost = unit, TierFrom = tier?.From, TotalCost = TotalCost(unit, quantity),
            Urgency = detail?.Urgency ?? 0, UrgencyBand = detail?.Band ?? Arithmetic.UrgencyBand.Low,
            Risks = risks, Risk = Arithmetic.Risks.Worst(risks),
            IsRecommendation = IsRecommendation(state, core), IsMoqExcess = core.IsMoqExcess,
            Facts = Facts(state, core, material, detail),
        };
    }

    /// <summary>What a comparison needs, without the facts that take longer.</summary>
    public IEnumerable<PlanDiffLine> DiffLines()
    {
        for (var m = 0; m < model.States.Length; m++)
        {
            foreach (var core in model.States[m].Orders)
            {
                if (core.Kind != PlannedOrderKind.PassThrough)
                {
                    var offer = core.Offer >= 0 ? model.Offers.Rows[core.Offer] : null;
                    var quantity = Micro.Quantity(core.Quantity);
                    yield return new(model.Materials[m].Id, offer?.SupplierId, DateOnly.FromDayNumber(core.NeedDay), quantity,
                        UnitCost(core, model.Materials[m], Tier(offer, quantity)))
                    {
                        LeadTimeDays = core.LeadTime, OrderBy = DateOnly.FromDayNumber(core.OrderByDay),
                    };
                }
            }
        }
    }

    /// <summary>What a summary needs of a material's orders, without the facts that take longer.</summary>
    public IEnumerable<OrderFigures> FiguresOf(int m)
    {
        foreach (var core in model.States[m].Orders)
        {
            if (core.Kind != PlannedOrderKind.PassThrough)
            {
                var offer = core.Offer >= 0 ? model.Offers.Rows[core.Offer] : null;
                var quantity = Micro.Quantity(core.Quantity);
                yield return new(core.Kind, core.Bucket, quantity, Micro.Quantity(core.Need), TotalCost(UnitCost(core, model.Materials[m], Tier(offer, quantity)), quantity),
                    core.Kind == PlannedOrderKind.Unsourced || model.Calendar.Arrival(model.Input.AsOf, core.LeadTime).DayNumber > core.NeedDay);
            }
        }
    }

    private static PlanTier? Tier(PlanOffer? offer, decimal quantity)
    {
        if (offer is null)
        {
            return null;
        }

        var holds = offer.Tiers[0];
        for (var i = 1; i < offer.Tiers.Count && quantity >= offer.Tiers[i].From; i++)
        {
            holds = offer.Tiers[i];
        }

        return holds;
    }

    private static decimal? UnitCost(in OrderCore core, PlanMaterial material, PlanTier? tier) =>
        core.Kind == PlannedOrderKind.Make ? material.StandardCost : tier?.UnitPrice;

    private static decimal? TotalCost(decimal? unit, decimal quantity) => unit is { } cost ? decimal.Round(cost * quantity, 4, MidpointRounding.AwayFromZero) : null;

    private OrderDetail?[] Explain(int m) => new MaterialPlanner(model).Explain(m, new(model.Buckets));

    private PlannedOrderFacts Facts(MaterialState state, in OrderCore core, PlanMaterial material, OrderDetail? detail)
    {
        var (stock, needs, receipts, below, last) = (state.Opening - state.Negative, 0L, 0L, -1, (int)core.Through);
        for (var b = 0; b <= core.Bucket; b++)
        {
            var (gross, scheduled) = (state.Gross(b), state.Receipts?[b] ?? 0);
            needs += gross;
            receipts += scheduled;
            stock += scheduled - gross;
            below = below < 0 && stock < state.Safety ? b : below;
        }

        // A lot may look ahead over buckets that need nothing; what it covers ends with the last need.
        while (last > core.Bucket && state.Gross(last) == 0)
        {
            last--;
        }

        return new()
        {
            FirstBelow = below < 0 ? null : model.Calendar.NeedDate(below),
            StockWithoutPlan = Micro.Quantity(stock), OpeningStock = Micro.Quantity(state.Opening - state.Negative), NeedUntil = Micro.Quantity(needs),
            ReceiptsUntil = Micro.Quantity(receipts), PlannedBefore = Micro.Quantity(core.Before), SafetyStock = Micro.Quantity(state.Safety), Safety = state.SafetyFacts,
            NetNeed = Micro.Quantity(core.Need), LotQuantity = Micro.Quantity(core.Lot), LotMethod = state.Method,
            CoversThrough = last > core.Bucket ? model.Calendar.NeedDate(last) : null,
            Lot = state.LotFacts, Steps = detail?.Steps ?? [], Supplier = detail?.Supplier, HeldByFence = core.HeldByFence, Yield = material.Yield,
            DueWith = IsRecommendation(state, core) && core.ReleaseDay > model.LastRelease ? model.Calendar.NeedDate(state.DueBucket) : null,
        };
    }

    /// <summary>What comes and goes of a material, into arrays that are used again.</summary>
    public void Fill(int m, PlanFlow flow)
    {
        var state = model.States[m];
        Array.Clear(flow.PlannedReceipts);
        Array.Clear(flow.PlannedReleases);
        foreach (var order in state.Orders)
        {
            flow.PlannedReceipts[order.Bucket] += order.Quantity;
            flow.PlannedReleases[model.BucketOf(order.ReleaseDay)] += order.Quantity;
        }

        var (bare, stock) = (state.Opening - state.Negative, state.Opening - state.Negative);
        for (var b = 0; b < model.Buckets; b++)
        {
            flow.Gross[b] = state.Gross(b);
            flow.Receipts[b] = state.Receipts?[b] ?? 0;
            bare += flow.Receipts[b] - flow.Gross[b];
            stock += flow.Receipts[b] - flow.Gross[b];
            flow.Net[b] = Math.Max(0, state.Safety - stock);
            stock += flow.PlannedReceipts[b];
            (flow.WithoutPlan[b], flow.WithPlan[b]) = (bare, stock);
        }
    }

    private PlanSeries SeriesOf(int m)
    {
        var (state, n, flow) = (model.States[m], model.Buckets, new PlanFlow(model.Buckets));
        Fill(m, flow);
        return new()
        {
            FirmOrders = Figures(state.Firm, n), Forecast = Figures(state.Forecast, n), Dependent = Figures(state.Dependent, n), Reservations = Figures(state.Reserved, n),
            Gross = Figures(flow.Gross, n), Receipts = Figures(flow.Receipts, n), WithoutPlan = Figures(flow.WithoutPlan, n), Net = Figures(flow.Net, n),
            PlannedReceipts = Figures(flow.PlannedReceipts, n), PlannedReleases = Figures(flow.PlannedReleases, n), WithPlan = Figures(flow.WithPlan, n),
            CoverDays = Cover(flow.WithPlan, flow.Gross),
        };
    }

    /// <summary>Days from a bucket's start for which its closing stock meets the needs of the buckets after it, evenly within a bucket.</summary>
    private int?[] Cover(long[] stock, long[] gross)
    {
        var cover = new int?[stock.Length];
        for (var b = 0; b < stock.Length - 1; b++)
        {
            var (left, days) = (Math.Max(0, stock[b]), (int?)null);
            for (var later = b + 1; later < stock.Length; later++)
            {
                if (gross[later] > left)
                {
                    var length = later == stock.Length - 1 ? 0 : model.Calendar.DaysPerBucket;
                    days = model.NeedDay[later] - model.NeedDay[b + 1] + (int)((Int128)left * length / gross[later]);
                    break;
                }

                left -= gross[later];
            }

            cover[b] = days;
        }

        return cover;
    }

    private static decimal[] Figures(long[]? micro, int buckets) => micro is null ? new decimal[buckets] : Array.ConvertAll(micro, Micro.Quantity);
}
