namespace Sourcing.Data.Planning.Engine;

/// <summary>Phantoms: each dated need takes what stock there is, and the rest goes on to the components the same day.</summary>
internal static class PassThrough
{
    public static void Plan(PlanModel model, int m, MaterialState state, Workspace room)
    {
        var receipts = model.Receipts.Of(m);
        var (stock, next, planned) = (state.Opening, 0, 0L);
        state.SafetyFacts = new() { Quantity = 0 };
        state.LotFacts = new(0, 0, 0, 0, null);
        state.Method = Arithmetic.LotMethod.LotForLot;
        foreach (var demand in state.Demands)
        {
            for (; next < receipts.Length && Math.Max(receipts[next].Date.DayNumber, model.Today) <= demand.Day; next++)
            {
                stock += Counts(model, receipts[next]) ? Micro.Of(receipts[next].Quantity) : 0;
            }

            var taken = Math.Min(stock, demand.Quantity);
            stock -= taken;
            if (demand.Quantity - taken is > 0 and var rest)
            {
                room.Orders.Add(new()
                {
                    Quantity = rest, Need = rest, Lot = rest, Before = planned, Offer = -1, NeedDay = demand.Day, ReleaseDay = demand.Day, OrderByDay = demand.Day,
                    Bucket = (short)model.BucketOf(demand.Day), Through = (short)model.BucketOf(demand.Day), Kind = PlannedOrderKind.PassThrough,
                });
                planned += rest;
            }
        }
    }

    /// <summary>Past-due receipts do not count where the plan leaves them out.</summary>
    public static bool Counts(PlanModel model, PlanReceipt receipt) =>
        receipt.Date.DayNumber >= model.Today || model.Settings.PastDueReceipts == PastDuePolicy.FirstBucket;
}
