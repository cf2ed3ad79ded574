namespace Sourcing.Data.Planning.Engine;

/// <summary>Gathers what is needed of a material, dated: its own demand and what its parents' orders take.</summary>
internal static class Needs
{
    private const int NegativeRank = 0;
    private const int ReservationRank = 1;
    private const int FirmRank = 2;
    private const int DependentRank = 3;
    private const int ForecastRank = 4;

    public static void Gather(PlanModel model, int m, MaterialState state, Workspace room)
    {
        if (state.Negative > 0)
        {
            Add(model, room, state.Negative, model.Today, 0, 0, PegTarget.NegativeStock, NegativeRank);
        }

        Own(model, m, state, room);
        var bom = model.Bom;
        for (var i = bom.ComponentStart[m]; i < bom.ComponentStart[m + 1]; i++)
        {
            FromParent(model, bom.ByComponent[i], state, room);
        }

        state.Demands = room.TakeSorted();
    }

    private static void Own(PlanModel model, int m, MaterialState state, Workspace room)
    {
        for (var i = model.Reservations.Start[m]; i < model.Reservations.Start[m + 1]; i++)
        {
            var row = model.Reservations.Rows[i];
            Put(model, ref state.Reserved, room, Micro.Of(row.Quantity), row.Date?.DayNumber ?? 0, i, PegTarget.Reservation, ReservationRank, 0);
        }

        for (var i = model.FirmOrders.Start[m]; i < model.FirmOrders.Start[m + 1]; i++)
        {
            var row = model.FirmOrders.Rows[i];
            Put(model, ref state.Firm, room, Micro.Of(row.Quantity), row.DueDate.DayNumber, i, PegTarget.FirmOrder, FirmRank, row.Priority);
        }

        for (var b = 0; state.Forecast is not null && b < model.Buckets; b++)
        {
            if (state.Forecast[b] > 0)
            {
                Add(model, room, state.Forecast[b], model.NeedDay[b], b, 0, PegTarget.Forecast, ForecastRank);
            }
        }
    }

    /// <summary>g = start · factor at the parent's release, start = good quantity / yield.</summary>
    private static void FromParent(PlanModel model, int line, MaterialState state, Workspace room)
    {
        var (bom, parent) = (model.Bom, model.Bom.Parent[line]);
        if (bom.Level[parent] < 0)
        {
            return;
        }

        var factor = bom.Factor[line] / model.Materials[parent].Yield;
        var (from, to) = (bom.FromDay[line], bom.ToDay[line]);
        var orders = model.States[parent].Orders;
        for (var o = 0; o < orders.Length; o++)
        {
            var day = orders[o].ReleaseDay;
            if (day >= from && day <= to)
            {
                Put(model, ref state.Dependent, room, Micro.Times(orders[o].Quantity, factor), day, parent, PegTarget.Dependent, DependentRank, 0, o);
            }
        }

        if (model.HasOpenProduction[parent])
        {
            for (var r = model.Receipts.Start[parent]; r < model.Receipts.Start[parent + 1]; r++)
            {
                var receipt = model.Receipts.Rows[r];
                if (receipt.ComponentsNeededOn?.DayNumber is { } day && day >= from && day <= to)
                {
                    Put(model, ref state.Dependent, room, Micro.Times(Micro.Of(receipt.Quantity), factor), day, parent, PegTarget.Dependent, DependentRank, 0, -1 - (r - model.Receipts.Start[parent]));
                }
            }
        }
    }

    private static void Put(
        PlanModel model, ref long[]? series, Workspace room, long quantity, int day, int owner, PegTarget target, int rank, int priority, int local = 0)
    {
        if (quantity == 0)
        {
            return;
        }

        series ??= new long[model.Buckets];
        ref var bucket = ref series[model.BucketOf(day)];
        bucket = checked(bucket + quantity);
        room.Add(new() { Quantity = quantity, Day = Math.Max(day, model.Today), Owner = owner, Local = local, Target = target }, rank, priority, model.Today);
    }

    private static void Add(PlanModel model, Workspace room, long quantity, int day, int owner, int local, PegTarget target, int rank) =>
        room.Add(new() { Quantity = quantity, Day = day, Owner = owner, Local = local, Target = target }, rank, 0, model.Today);
}
