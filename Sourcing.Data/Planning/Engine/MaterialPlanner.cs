using System.Diagnostics;
using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// Plans one material when all its parents are planned: needs, safety stock, netting bucket by bucket, lots, suppliers, pegs. It writes nothing but the
/// material's own state, so that materials of one level may be planned at the same time in any order.
/// </summary>
internal sealed class MaterialPlanner(PlanModel model)
{
    private readonly Purchasing _purchasing = new(model);
    private readonly Making _making = new(model);

    /// <summary>Plans a material. One whose sums no quantity can hold is left out and told, so that one wrong figure does not stop the run.</summary>
    public void Plan(int m, Workspace room)
    {
        if (model.States[m].HasFailed)
        {
            return;
        }

        try
        {
            PlanOne(m, room);
        }
        catch (OverflowException)
        {
            model.States[m] = MaterialState.Failed(model.Materials[m]);
        }
    }

    private void PlanOne(int m, Workspace room)
    {
        var (material, state) = (model.Materials[m], model.States[m]);
        var start = Stopwatch.GetTimestamp();
        room.Begin();
        Opening(material, state);
        Needs.Gather(model, m, state, room);
        Inherit(m, state);
        TakeReceipts(m, material, state);
        room.Times.Explode += Lap(ref start);
        if (material.IsPhantom)
        {
            PassThrough.Plan(model, m, state, room);
            Close(state, room, details: false);
        }
        else
        {
            Order(m, room, state, model.LastRelease);
            start = Stopwatch.GetTimestamp();
        }

        PegBuilder.Build(model, m, state, room);
        Messages.Find(model, m, state, room);
        room.Times.Peg += Lap(ref start);
    }

    /// <summary>The same orders once more, with what is told about those that lie beyond the window.</summary>
    public OrderDetail?[] Explain(int m, Workspace room)
    {
        room.Begin();
        var state = model.States[m];
        Order(m, room, new()
        {
            Firm = state.Firm, Forecast = state.Forecast, Dependent = state.Dependent, Reserved = state.Reserved, Receipts = state.Receipts,
            Opening = state.Opening, Negative = state.Negative, Confidence = state.Confidence,
        }, int.MaxValue);
        return [.. room.Details];
    }

    private void Order(int m, Workspace room, MaterialState state, int explainUntil)
    {
        var material = model.Materials[m];
        var start = Stopwatch.GetTimestamp();
        ISupply supply = material.IsMade ? _making : _purchasing;
        supply.Begin(m, state, room);
        room.Times.Supplier += Lap(ref start);
        Lots.Choose(model, material, state, supply, room, out var rule);
        room.Times.Lot += Lap(ref start);
        Safety.Reckon(model, material, state, supply, rule);
        var any = FindLacking(state, room);
        room.Times.Net += Lap(ref start);
        if (any)
        {
            Net(m, material, state, room, supply, rule, explainUntil);
        }

        start = Stopwatch.GetTimestamp();
        Close(state, room, details: true);
        room.Times.Net += Lap(ref start);
    }

    /// <summary>Safety stock less the stock without the plan, by bucket. Tells whether anything is lacking at all.</summary>
    private bool FindLacking(MaterialState state, Workspace room)
    {
        var (stock, lacking, any) = (state.Opening - state.Negative, room.Lacking, false);
        for (var b = 0; b < lacking.Length; b++)
        {
            checked
            {
                stock += (state.Receipts?[b] ?? 0) - state.Gross(b);
                lacking[b] = state.Safety - stock;
            }

            any |= lacking[b] > 0;
        }

        return any;
    }

    private void Net(int m, PlanMaterial material, MaterialState state, Workspace room, ISupply supply, in LotRule rule, int explainUntil)
    {
        var start = Stopwatch.GetTimestamp();
        var (planned, step, fence) = (0L, Micro.Step(material.UnitDecimals), model.FenceBucket(material));
        var arrival = model.BucketOf(model.Calendar.Arrival(model.Input.AsOf, supply.EarliestLeadTime).DayNumber);
        Lots.Prepare(model, rule, fence, room);
        room.Times.Lot += Lap(ref start);
        for (var b = fence; b < model.Buckets; b++)
        {
            var need = Lacking(state, room, b, arrival) - planned;
            if (need < step)
            {
                continue;
            }

            room.Times.Net += Lap(ref start);
            var lot = Lots.Size(rule, room, b, need, planned, out var through);
            room.Times.Lot += Lap(ref start);
            var held = b == fence && b > 0 && room.Lacking.AsSpan(0, b).ContainsAnyInRange(planned + step, long.MaxValue);
            planned = checked(planned + supply.Order(new(m, b, need, lot, planned, through, held, model.PlanDay(material, b)), material, state, room, explainUntil));
            room.Times.Supplier += Lap(ref start);
        }

        room.Times.Net += Lap(ref start);
    }

    /// <summary>
    /// What the bucket lacks. Until a new order could arrive, only what open receipts do not make good by then: a new order would come no sooner than
    /// they do, and every run would propose it again. Those receipts are to be expedited instead.
    /// </summary>
    private long Lacking(MaterialState state, Workspace room, int bucket, int arrival)
    {
        var lacking = room.Lacking[bucket];
        if (state.Receipts is null || model.Settings.OrderDespiteLaterReceipts)
        {
            return lacking;
        }

        for (var b = bucket + 1; b <= arrival; b++)
        {
            lacking = Math.Min(lacking, room.Lacking[b]);
        }

        return lacking;
    }

    private void Opening(PlanMaterial material, MaterialState state)
    {
        var stock = Micro.Of(material.OnHand);
        state.Opening = Math.Max(0, stock);
        if (stock >= 0)
        {
            return;
        }

        var keeps = model.Settings.NegativeStock == NegativeStockPolicy.Keep;
        state.Negative = keeps ? -stock : 0;
        (state.Issues ??= []).Add(new()
        {
            Severity = PlanSeverity.Medium, Code = PlanIssueCodes.NegativeStock, MaterialId = material.Id, EntityId = material.Id, Entity = "material",
            RowRef = material.Number,
            Message = $"{material.Number} has {PlanWords.Quantity(material.OnHand, material.Unit)} on hand; the plan {(keeps ? "makes good what is missing" : "counts it as nothing")}.",
            Action = "Count the stock and book the difference.",
        });
    }

    private void TakeReceipts(int m, PlanMaterial material, MaterialState state)
    {
        foreach (var receipt in model.Receipts.Of(m))
        {
            var late = model.Today - receipt.Date.DayNumber;
            if (late > 0)
            {
                (state.Messages ??= []).Add(new()
                {
                    Kind = PlanMessageKind.PastDueReceipt, Severity = PlanSeverity.High, Material = material, Quantity = receipt.Quantity,
                    Date = receipt.Date, Days = late, ReceiptId = receipt.Id, RefText = receipt.RefText, SupplierName = receipt.SupplierName,
                });
                if (model.Settings.PastDueReceipts == PastDuePolicy.Exclude)
                {
                    continue;
                }
            }

            ref var bucket = ref (state.Receipts ??= new long[model.Buckets])[model.BucketOf(receipt.Date.DayNumber)];
            bucket = checked(bucket + Micro.Of(receipt.Quantity));
        }
    }

    /// <summary>The confidence of a component's need is that of its parents' by what they take, its own forecast among them.</summary>
    private void Inherit(int m, MaterialState state)
    {
        if (state.Dependent is null)
        {
            return;
        }

        var (sum, weight) = (0m, 0m);
        if (state.Confidence is { } own)
        {
            weight = state.Forecast?.Sum(q => (decimal)q) ?? 0;
            sum = own * weight;
        }

        foreach (var demand in state.Demands)
        {
            if (demand.Target == PegTarget.Dependent && model.States[demand.Owner].Confidence is { } parents)
            {
                sum += parents * demand.Quantity;
                weight += demand.Quantity;
            }
        }

        state.Confidence = weight > 0 ? decimal.Round(sum / weight, 4) : null;
    }

    private void Close(MaterialState state, Workspace room, bool details)
    {
        foreach (var order in room.Orders)
        {
            var due = order.Kind is PlannedOrderKind.Purchase or PlannedOrderKind.Unsourced && order.ReleaseDay <= model.LastRelease;
            state.DueBucket = due ? Math.Max(state.DueBucket, order.Bucket) : state.DueBucket;
        }

        state.Orders = room.Orders.Count == 0 ? [] : [.. room.Orders];
        state.Details = details && room.Details.Count > 0 ? [.. room.Details] : null;
    }

    internal static long Lap(ref long start)
    {
        var now = Stopwatch.GetTimestamp();
        var ticks = now - start;
        start = now;
        return ticks;
    }
}

/// <summary>A bucket's need on its way to becoming orders.</summary>
/// <param name="Need">What it lacks, millionths.</param>
/// <param name="Lot">What the lot rule made of it.</param>
/// <param name="Before">Planned for earlier buckets.</param>
/// <param name="Through">The last bucket that the lot looks ahead to.</param>
/// <param name="Held">Some of the need lies within the fence.</param>
internal readonly record struct LotNeed(int Material, int Bucket, long Need, long Lot, long Before, int Through, bool Held, int Day);

/// <summary>Where a material comes from: suppliers or one's own making.</summary>
internal interface ISupply
{
    /// <summary>Soonest anything new could come, days.</summary>
    int EarliestLeadTime { get; }

    /// <summary>What safety stock is reckoned with, days.</summary>
    int LeadTime { get; }

    double? LeadTimeSigma { get; }

    /// <summary>Null where it is no supplier's.</summary>
    decimal? Reliability { get; }

    decimal UnitCost { get; }

    decimal OrderingCost { get; }

    decimal HoldingRate { get; }

    ReadOnlySpan<PriceTier> Tiers { get; }

    /// <summary>Takes up a material.</summary>
    void Begin(int m, MaterialState state, Workspace room);

    /// <summary>Adds orders for a need and gives what they come to, millionths.</summary>
    long Order(in LotNeed need, PlanMaterial material, MaterialState state, Workspace room, int explainUntil);
}
