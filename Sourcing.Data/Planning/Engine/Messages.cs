namespace Sourcing.Data.Planning.Engine;

/// <summary>What a planner should do about a material's open receipts, dates and stock.</summary>
internal static class Messages
{
    public static void Find(PlanModel model, int m, MaterialState state, Workspace room)
    {
        var material = model.Materials[m];
        if (state.Receipts is not null)
        {
            OpenReceipts(model, m, material, state);
        }

        if (material.IsPhantom)
        {
            return;
        }

        Releases(model, material, state);
        Fence(model, material, state, room);
        Excess(model, m, material, state);
        Bom(model, m, material, state);
    }

    /// <summary>Stock and open receipts alone against the dated needs, first in, first out.</summary>
    private static void OpenReceipts(PlanModel model, int m, PlanMaterial material, MaterialState state)
    {
        var needs = new NeedCursor(state);
        var stock = state.Opening;
        while (stock > 0 && !needs.AtEnd)
        {
            stock -= needs.Take(stock);
        }

        foreach (var receipt in model.Receipts.Of(m))
        {
            if (PassThrough.Counts(model, receipt) && receipt.Quantity > 0)
            {
                OpenReceipt(model, material, state, receipt, ref needs);
            }
        }
    }

    /// <summary>One receipt against the needs that are left for it.</summary>
    private static void OpenReceipt(PlanModel model, PlanMaterial material, MaterialState state, PlanReceipt receipt, ref NeedCursor needs)
    {
        var (left, day) = (Micro.Of(receipt.Quantity), Math.Max(receipt.Date.DayNumber, model.Today));
        var (first, early, forSafety, late) = (int.MaxValue, 0L, false, material.ExpediteToleranceDays ?? model.Settings.ExpediteToleranceDays);
        while (left > 0 && !needs.AtEnd)
        {
            var code = needs.Code;
            var due = code < 0 ? model.Today : state.Demands[code].Day;
            var part = needs.Take(left);
            left -= part;
            forSafety |= first == int.MaxValue && code < 0;
            first = Math.Min(first, due);
            early += day - due > late ? part : 0;
        }

        if (first == int.MaxValue)
        {
            Tell(state, material, receipt, PlanMessageKind.Cancel, PlanSeverity.Medium, receipt.Quantity, null, 0, false);
        }
        else if (early > 0 && receipt.Date.DayNumber >= model.Today)
        {
            Tell(state, material, receipt, PlanMessageKind.Expedite, PlanSeverity.High, Micro.Quantity(early), first, day - first, forSafety);
        }
        else if (first - day > (material.DeferToleranceDays ?? model.Settings.DeferToleranceDays))
        {
            Tell(state, material, receipt, PlanMessageKind.Defer, PlanSeverity.Low, receipt.Quantity, first, first - day, false);
        }
    }

    private static void Tell(
        MaterialState state, PlanMaterial material, PlanReceipt receipt, PlanMessageKind kind, PlanSeverity severity, decimal quantity, int? need, int days, bool forSafety) =>
        (state.Messages ??= []).Add(new()
        {
            Kind = kind, Severity = severity, Material = material, Quantity = quantity, Date = receipt.Date,
            NeedDate = need is { } day ? DateOnly.FromDayNumber(day) : null, Days = days, ReceiptId = receipt.Id, RefText = receipt.RefText,
            SupplierName = receipt.SupplierName, ForSafetyStock = forSafety,
        });

    private static void Releases(PlanModel model, PlanMaterial material, MaterialState state)
    {
        var (unsourced, first, excess) = (0L, -1, false);
        for (var o = 0; o < state.Orders.Length; o++)
        {
            ref readonly var order = ref state.Orders[o];
            if (order.Kind == PlannedOrderKind.Unsourced)
            {
                unsourced += order.Quantity;
                first = first < 0 ? o : first;
            }
            else if (order.OrderByDay < model.Today)
            {
                Tell(state, material, PlanMessageKind.PastDueRelease, PlanSeverity.High, order.Quantity, order.OrderByDay, order.NeedDay, model.Today - order.OrderByDay, o);
            }

            if (order.IsMoqExcess && !excess)
            {
                excess = true;
                var days = material.ExcessCoverDays ?? model.Settings.ExcessCoverDays ?? 0;
                Tell(state, material, PlanMessageKind.MoqExcess, PlanSeverity.Medium, Lifted(state.Orders.AsSpan(o)), order.ReleaseDay, order.NeedDay, days, o);
            }
        }

        if (first >= 0)
        {
            Tell(state, material, PlanMessageKind.NoSupplier, PlanSeverity.High, unsourced, state.Orders[first].ReleaseDay, state.Orders[first].NeedDay, 0, first);
        }
    }

    /// <summary>What minimum and multiple added to a lot: of the first order and the parts of the same lot from the same source.</summary>
    private static long Lifted(ReadOnlySpan<OrderCore> orders)
    {
        var lifted = 0L;
        for (var o = 0; o < orders.Length && orders[o].Bucket == orders[0].Bucket && orders[o].Offer == orders[0].Offer; o++)
        {
            lifted += orders[o].Quantity - orders[o].Lot;
        }

        return lifted;
    }

    private static void Fence(PlanModel model, PlanMaterial material, MaterialState state, Workspace room)
    {
        var (most, first, step, fence) = (0L, -1, Micro.Step(material.UnitDecimals), model.FenceBucket(material));
        for (var b = 0; b < fence; b++)
        {
            if (room.Lacking[b] >= step)
            {
                first = first < 0 ? b : first;
                most = Math.Max(most, room.Lacking[b]);
            }
        }

        if (first >= 0)
        {
            var end = model.PlanDay(material, fence);
            (state.Messages ??= []).Add(new()
            {
                Kind = PlanMessageKind.FrozenShortage, Severity = PlanSeverity.High, Material = material, Quantity = Micro.Quantity(most),
                Date = DateOnly.FromDayNumber(end), NeedDate = DateOnly.FromDayNumber(model.NeedDay[first]), Days = end - model.NeedDay[first],
            });
        }
    }

    private static void Excess(PlanModel model, int m, PlanMaterial material, MaterialState state)
    {
        if ((material.ExcessCoverDays ?? model.Settings.ExcessCoverDays) is not { } days || (state.Opening == 0 && state.Receipts is null))
        {
            return;
        }

        var (until, stock) = (model.Today + days, state.Opening - state.Safety);
        foreach (var receipt in model.Receipts.Of(m))
        {
            stock += receipt.Date.DayNumber <= until && PassThrough.Counts(model, receipt) ? Micro.Of(receipt.Quantity) : 0;
        }

        foreach (var demand in state.Demands)
        {
            stock -= demand.Day <= until ? demand.Quantity : 0;
        }

        if (stock >= Micro.Step(material.UnitDecimals))
        {
            Tell(state, material, PlanMessageKind.Excess, PlanSeverity.Low, stock, model.Today, null, days, null);
        }
    }

    private static void Bom(PlanModel model, int m, PlanMaterial material, MaterialState state)
    {
        if (!material.IsMade || state.Orders.Length == 0)
        {
            return;
        }

        var bom = model.Bom;
        for (var o = 0; o < state.Orders.Length; o++)
        {
            var (day, holds) = (state.Orders[o].ReleaseDay, false);
            for (var i = bom.ParentStart[m]; !holds && i < bom.ParentStart[m + 1]; i++)
            {
                holds = bom.FromDay[i] <= day && day <= bom.ToDay[i];
            }

            if (!holds)
            {
                Tell(state, material, PlanMessageKind.NoBom, PlanSeverity.High, state.Orders[o].Quantity, day, state.Orders[o].NeedDay, 0, o);
                return;
            }
        }
    }

    private static void Tell(
        MaterialState state, PlanMaterial material, PlanMessageKind kind, PlanSeverity severity, long quantity, int date, int? need, int days, int? order) =>
        (state.Messages ??= []).Add(new()
        {
            Kind = kind, Severity = severity, Material = material, Quantity = Micro.Quantity(quantity), Date = DateOnly.FromDayNumber(date),
            NeedDate = need is { } day ? DateOnly.FromDayNumber(day) : null, Days = days, OrderIndex = order,
        });
}
