namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// What meets what in a run. Single pegs are kept for every material; trees are walked when asked for, up to end demand and down to bought material.
/// Parts of a whole always come to exactly the whole.
/// </summary>
public sealed class Pegging
{
    /// <summary>Knots of a tree unless more are asked for.</summary>
    public const int UsualKnots = 500;

    private readonly PlanModel _model;
    private readonly PlanViews _views;

    internal Pegging(PlanModel model, PlanViews views) => (_model, _views) = (model, views);

    /// <summary>What a planned order is for, one level up; the parts come to exactly its quantity.</summary>
    public IReadOnlyList<PegPart> PartsOf(int order)
    {
        var m = MaterialOf(order);
        return [.. PegsOfOrder(m, order).Select(p => Part(m, p))];
    }

    /// <summary>The needs of a material in the order in which they are met.</summary>
    public IReadOnlyList<PegDemand> DemandsOf(Guid materialId)
    {
        var m = PlaceOf(materialId);
        return [.. _model.States[m].Demands.Select((d, i) => Demand(m, i))];
    }

    /// <summary>What meets a need, one level down; the parts come to exactly the need.</summary>
    /// <param name="demand">Its place among <see cref="DemandsOf"/>.</param>
    public IReadOnlyList<PegSupply> SuppliesOf(Guid materialId, int demand)
    {
        var m = PlaceOf(materialId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(demand, _model.States[m].Demands.Length);
        return [.. PegsOfDemand(m, demand).Select(p => Supply(m, p))];
    }

    /// <summary>
    /// From an order up through its parents to the demand that wants it. Below a knot that the limit cut off there are no children.
    /// </summary>
    /// <param name="order">Place among <see cref="PlanResult.Orders"/>.</param>
    /// <param name="maxKnots">The widest level is cut first come, first served; 1 or more.</param>
    public PegNode DemandTree(int order, int maxKnots = UsualKnots)
    {
        var m = MaterialOf(order);
        var left = maxKnots - 1;
        var core = _model.States[m].Orders[order - _views.OffsetOf(m)];
        return new(_model.Materials[m], Micro.Quantity(core.Quantity), Micro.Quantity(core.Quantity), DateOnly.FromDayNumber(core.NeedDay), null,
            PegSource.PlannedOrder, order, null, null, null, Above(m, PegsOfOrder(m, order), core.Quantity, core.Quantity, ref left));
    }

    /// <summary>From a need down to what meets it: stock, receipts, orders, and of what is made the components.</summary>
    /// <param name="demand">Its place among <see cref="DemandsOf"/>.</param>
    public PegNode SupplyTree(Guid materialId, int demand, int maxKnots = UsualKnots)
    {
        var m = PlaceOf(materialId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(demand, _model.States[m].Demands.Length);
        var left = maxKnots - 1;
        var (need, quantity) = (Demand(m, demand), _model.States[m].Demands[demand].Quantity);
        return new(_model.Materials[m], need.Quantity, need.Quantity, need.Date, need.Target, null, null, need.Reference, need.Text, need.Customer,
            Below(m, demand, quantity, quantity, ref left));
    }

    /// <summary>The end demands behind an order by material, the largest first; together they come to exactly its quantity.</summary>
    /// <param name="top">At most so many; what is left of the whole is left out.</param>
    /// <param name="maxKnots">Ways that are followed; what lies beyond is counted where it stops.</param>
    public IReadOnlyList<EndDemand> EndDemands(int order, int top = int.MaxValue, int maxKnots = 2000)
    {
        var sums = new Dictionary<(int Material, PegTarget Target), long>();
        var m = MaterialOf(order);
        var open = new Queue<(int Material, int Order, long Share)>();
        open.Enqueue((m, order - _views.OffsetOf(m), _model.States[m].Orders[order - _views.OffsetOf(m)].Quantity));
        var followed = 0;
        while (open.TryDequeue(out var at))
        {
            var (state, split) = (_model.States[at.Material], new Splitter(at.Share, _model.States[at.Material].Orders[at.Order].Quantity));
            foreach (var peg in PegsOfOrder(at.Material, at.Order + _views.OffsetOf(at.Material)))
            {
                var share = split.Next(peg.Quantity);
                var (target, owner, local) = Target(state, peg);
                if (target == PegTarget.Dependent && local >= 0 && followed++ < maxKnots)
                {
                    open.Enqueue((owner, local, share));
                    continue;
                }

                var key = (target == PegTarget.Dependent ? owner : at.Material, target);
                sums[key] = sums.GetValueOrDefault(key) + share;
            }
        }

        return [.. sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key.Material).ThenBy(s => s.Key.Target).Take(top)
            .Select(s => new EndDemand(_model.Materials[s.Key.Material], s.Key.Target, Micro.Quantity(s.Value)))];
    }

    private List<PegNode> Above(int m, IEnumerable<PegCore> pegs, long whole, long root, ref int left)
    {
        var (children, split, state) = (new List<PegNode>(), new Splitter(root, whole), _model.States[m]);
        foreach (var peg in pegs)
        {
            var share = split.Next(peg.Quantity);
            if (left-- <= 0)
            {
                children.Clear();
                return children;
            }

            var (target, owner, local) = Target(state, peg);
            if (target != PegTarget.Dependent)
            {
                var part = Part(m, peg);
                children.Add(new(_model.Materials[m], Micro.Quantity(share), part.Quantity, part.Date, target, null, null, part.Reference, part.Text, part.Customer, []));
                continue;
            }

            children.Add(Parent(m, owner, local, peg, share, ref left));
        }

        return children;
    }

    /// <summary>A parent's order, with as much of it as the component's part stands for.</summary>
    private PegNode Parent(int m, int owner, int local, PegCore peg, long share, ref int left)
    {
        var parent = _model.States[owner];
        var day = DateOnly.FromDayNumber(_model.States[m].Demands[peg.Demand].Day);
        var need = _model.States[m].Demands[peg.Demand].Quantity;
        if (local < 0)
        {
            var receipt = _model.Receipts.Of(owner)[-1 - local];
            var made = Micro.Of(receipt.Quantity);
            return new(_model.Materials[owner], Micro.Quantity(share), Micro.Quantity(Micro.Share(made, peg.Quantity, need)), day, PegTarget.Dependent, PegSource.Receipt, null,
                receipt.Id, receipt.RefText, null, Above(owner, parent.Pegs.Where(p => p.Supply == -local), made, share, ref left));
        }

        var order = parent.Orders[local];
        var index = _views.OffsetOf(owner) + local;
        return new(_model.Materials[owner], Micro.Quantity(share), Micro.Quantity(Micro.Share(order.Quantity, peg.Quantity, need)), day, PegTarget.Dependent,
            PegSource.PlannedOrder, index, null, null, null, Above(owner, PegsOfOrder(owner, index), order.Quantity, share, ref left));
    }

    private List<PegNode> Below(int m, int demand, long whole, long root, ref int left)
    {
        var (children, split) = (new List<PegNode>(), new Splitter(root, whole));
        foreach (var peg in PegsOfDemand(m, demand))
        {
            var share = split.Next(peg.Quantity);
            if (left-- <= 0)
            {
                children.Clear();
                return children;
            }

            var supply = Supply(m, peg);
            children.Add(new(_model.Materials[m], Micro.Quantity(share), supply.Quantity, supply.Date, null, supply.Source, supply.Order, supply.Reference, supply.Text, null,
                supply.Order is { } order ? Components(m, order, peg.Quantity, ref left) : []));
        }

        return children;
    }

    /// <summary>The components of a made order, each with as much as the part of the order takes; its root is the component's own part.</summary>
    private List<PegNode> Components(int m, int order, long part, ref int left)
    {
        var (children, bom, local) = (new List<PegNode>(), _model.Bom, order - _views.OffsetOf(m));
        var whole = _model.States[m].Orders[local].Quantity;
        var last = -1;
        for (var i = bom.ParentStart[m]; i < bom.ParentStart[m + 1]; i++)
        {
            var c = bom.Component[i];
            if (c == last)
            {
                continue;
            }

            last = c;
            var demands = _model.States[c].Demands;
            for (var d = 0; d < demands.Length; d++)
            {
                if (demands[d].Target != PegTarget.Dependent || demands[d].Owner != m || demands[d].Local != local || left-- <= 0)
                {
                    continue;
                }

                var share = part == whole ? demands[d].Quantity : Micro.Share(demands[d].Quantity, part, whole);
                children.Add(new(_model.Materials[c], Micro.Quantity(share), Micro.Quantity(share), DateOnly.FromDayNumber(demands[d].Day), PegTarget.Dependent, null, order,
                    null, null, null, Below(c, d, demands[d].Quantity, share, ref left)));
            }
        }

        return children;
    }

    private static (PegTarget Target, int Owner, int Local) Target(MaterialState state, PegCore peg) => peg.Demand switch
    {
        PegCode.SafetyStock => (PegTarget.SafetyStock, -1, 0),
        PegCode.LotSurplus => (PegTarget.LotSurplus, -1, 0),
        PegCode.MoqSurplus => (PegTarget.MoqSurplus, -1, 0),
        _ => (state.Demands[peg.Demand].Target, state.Demands[peg.Demand].Owner, state.Demands[peg.Demand].Local),
    };

    private PegPart Part(int m, PegCore peg)
    {
        var (target, _, _) = Target(_model.States[m], peg);
        if (peg.Demand < 0)
        {
            return new(target, Micro.Quantity(peg.Quantity), null, null, null, null, null);
        }

        var demand = Demand(m, peg.Demand);
        return new(target, Micro.Quantity(peg.Quantity), demand.Date, demand.ParentOrder, demand.Reference, demand.Text, demand.Customer);
    }

    private PegDemand Demand(int m, int place)
    {
        var d = _model.States[m].Demands[place];
        var bare = new PegDemand(place, d.Target, Micro.Quantity(d.Quantity), DateOnly.FromDayNumber(d.Day), null, null, null, null);
        switch (d.Target)
        {
            case PegTarget.FirmOrder:
                var order = _model.FirmOrders.Rows[d.Owner];
                return bare with { Reference = order.Id, Text = order.RefText, Customer = order.Customer };
            case PegTarget.Reservation:
                var reservation = _model.Reservations.Rows[d.Owner];
                return bare with { Reference = reservation.Id, Text = reservation.RefText };
            case PegTarget.Forecast:
                return bare with { Text = _model.Calendar.Label(d.Owner) };
            case PegTarget.Dependent when d.Local >= 0:
                return bare with { ParentOrder = _views.OffsetOf(d.Owner) + d.Local, Text = _model.Materials[d.Owner].Number };
            case PegTarget.Dependent:
                var receipt = _model.Receipts.Of(d.Owner)[-1 - d.Local];
                return bare with { Reference = receipt.Id, Text = receipt.RefText };
            default:
                return bare;
        }
    }

    private PegSupply Supply(int m, PegCore peg)
    {
        var receipts = _model.Receipts.Of(m);
        var quantity = Micro.Quantity(peg.Quantity);
        switch (peg.Supply)
        {
            case PegCode.Unmet:
                return new(PegSource.Unmet, quantity, null, null, null, null);
            case 0:
                return new(PegSource.OnHand, quantity, _model.Input.AsOf, null, null, null);
            case var r when r <= receipts.Length:
                return new(PegSource.Receipt, quantity, receipts[r - 1].Date, null, receipts[r - 1].Id, receipts[r - 1].RefText);
            default:
                var o = peg.Supply - 1 - receipts.Length;
                return new(PegSource.PlannedOrder, quantity, DateOnly.FromDayNumber(_model.States[m].Orders[o].NeedDay), _views.OffsetOf(m) + o, null, null);
        }
    }

    private IEnumerable<PegCore> PegsOfOrder(int m, int order)
    {
        var (state, o) = (_model.States[m], order - _views.OffsetOf(m));
        var code = 1 + _model.Receipts.Of(m).Length + o;
        for (var p = state.PegStart[o]; p < state.Pegs.Length && state.Pegs[p].Supply == code; p++)
        {
            yield return state.Pegs[p];
        }
    }

    private IEnumerable<PegCore> PegsOfDemand(int m, int demand) => _model.States[m].Pegs.Where(p => p.Demand == demand);

    private int PlaceOf(Guid materialId) => _model.Places.TryGetValue(materialId, out var m) ? m : throw new ArgumentException("The plan does not have this material.", nameof(materialId));

    private int MaterialOf(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(order, _views.Count);
        return _views.MaterialOf(order);
    }

    /// <summary>Divides a share in proportion to parts; sums are rounded, not parts, so that nothing is lost.</summary>
    private struct Splitter(long share, long whole)
    {
        private long _passed;
        private long _given;

        public long Next(long part)
        {
            _passed += part;
            var upTo = _passed >= whole ? share : Micro.Share(share, _passed, whole);
            var own = upTo - _given;
            _given = upTo;
            return own;
        }
    }
}
