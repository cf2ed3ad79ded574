namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// Joins supplies and needs, first in, first out: by date, then rank. Safety stock is met first of all, since it is what stock is kept at; so an order
/// stands against the needs that made it necessary.
/// </summary>
internal static class PegBuilder
{
    public static void Build(PlanModel model, int m, MaterialState state, Workspace room)
    {
        if (state.Demands.Length == 0 && state.Safety <= 0 && state.Orders.Length == 0)
        {
            return;
        }

        var needs = new NeedCursor(state);
        var receipts = model.Receipts.Of(m);
        state.PegStart = state.Orders.Length == 0 ? [] : new int[state.Orders.Length];
        Meet(0, state.Opening, ref needs, room);
        var (r, o) = (0, 0);
        while (r < receipts.Length || o < state.Orders.Length)
        {
            if (r < receipts.Length && (o == state.Orders.Length || Math.Max(receipts[r].Date.DayNumber, model.Today) <= state.Orders[o].NeedDay))
            {
                Meet(1 + r, PassThrough.Counts(model, receipts[r]) ? Micro.Of(receipts[r].Quantity) : 0, ref needs, room);
                r++;
            }
            else
            {
                state.PegStart[o] = room.Pegs.Count;
                var left = Meet(1 + receipts.Length + o, state.Orders[o].Quantity, ref needs, room);
                Surplus(1 + receipts.Length + o, state.Orders[o], left, room);
                o++;
            }
        }

        while (!needs.AtEnd)
        {
            room.Pegs.Add(new() { Supply = PegCode.Unmet, Demand = needs.Code, Quantity = needs.Take(long.MaxValue) });
        }

        state.Pegs = [.. room.Pegs];
    }

    private static long Meet(int supply, long quantity, ref NeedCursor needs, Workspace room)
    {
        while (quantity > 0 && !needs.AtEnd)
        {
            var code = needs.Code;
            var part = needs.Take(quantity);
            room.Pegs.Add(new() { Supply = supply, Demand = code, Quantity = part });
            quantity -= part;
        }

        return quantity;
    }

    /// <summary>What is left of an order is what its supplier's rules added, then what its lot rule added.</summary>
    private static void Surplus(int supply, in OrderCore order, long left, Workspace room)
    {
        var rounding = Math.Min(left, Math.Max(0, order.Quantity - order.Lot));
        if (rounding > 0)
        {
            room.Pegs.Add(new() { Supply = supply, Demand = PegCode.MoqSurplus, Quantity = rounding });
        }

        if (left > rounding)
        {
            room.Pegs.Add(new() { Supply = supply, Demand = PegCode.LotSurplus, Quantity = left - rounding });
        }
    }
}

/// <summary>Walks safety stock and needs in the order in which they are met.</summary>
internal ref struct NeedCursor
{
    private readonly ReadOnlySpan<DemandCore> _demands;
    private long _left;

    public NeedCursor(MaterialState state)
    {
        _demands = state.Demands;
        (Code, _left) = (PegCode.SafetyStock, Math.Max(0, state.Safety));
        Skip();
    }

    /// <summary>-1 for safety stock, else the place of the need.</summary>
    public int Code { get; private set; }

    public readonly bool AtEnd => Code >= _demands.Length;

    /// <summary>Takes as much as is there and still needed.</summary>
    public long Take(long quantity)
    {
        var part = Math.Min(quantity, _left);
        _left -= part;
        Skip();
        return part;
    }

    private void Skip()
    {
        while (_left == 0 && ++Code < _demands.Length)
        {
            _left = _demands[Code].Quantity;
        }
    }
}
