using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>What is on its way, and what is promised of what is there.</summary>
internal sealed partial class PlanLoader
{
    /// <summary>What a quantity on order is called that no order stands for.</summary>
    internal const string ByStockList = "The quantity on order by the stock list";

    private async Task<List<PlanReceipt>> ReadReceiptsAsync(CancellationToken ct)
    {
        var receipts = new List<PlanReceipt>();
        await ReadOrderLinesAsync(receipts, ct);
        await ReadAcceptedAsync(receipts, ct);
        await ReadReceivedAsync(ct);
        foreach (var part in _parts.Values.Where(p => p.OnOrder > 0))
        {
            OnOrder(part, receipts);
        }

        return receipts;
    }

    private Task ReadOrderLinesAsync(List<PlanReceipt> receipts, CancellationToken ct) => _sql.ReadAsync(
        """
        select l.id, l.part_id, l.quantity - l.received_quantity, l.unit_id, coalesce(l.promised_date, l.need_by), o.number, l.line_no, o.supplier_id
        from order_lines l join orders o on o.id = l.order_id
        where o.deleted_at is null and o.status in ('draft', 'approved', 'issued', 'acknowledged', 'in_production', 'shipped', 'partially_received')
            and l.part_id is not null and l.quantity > l.received_quantity
        """,
        r =>
        {
            var (id, unit, supplier, row) = (r.GetGuid(0), r.GetGuid(3), r.GetGuid(7), $"{r.GetString(5)} line {r.GetInt32(6)}");
            if (Find(r.GetGuid(1), "order_lines", id, row) is not { } part)
            {
                return;
            }

            if (Factor(unit, part) is not { } factor)
            {
                NoFactor(part, "order_lines", id, row, unit, "it does not count as on its way");
                return;
            }

            part.HasOpenOrder = true;
            var quantity = Six(r.GetDecimal(2) * factor);
            Commit(supplier, part.Id, quantity);
            receipts.Add(new()
            {
                Id = id, MaterialId = part.Id, Quantity = quantity, Date = r.DayOrNull(4) ?? WithoutDay(part, id, row, supplier), Kind = PlanReceiptKind.PurchaseOrder,
                RefText = row, SupplierName = _suppliers.GetValueOrDefault(supplier)?.Name,
            });
        }, ct);

    private DateOnly WithoutDay(LoadedPart part, Guid id, string row, Guid supplier)
    {
        var days = _offers.TryGetValue((supplier, part.Id), out var offer) && offer.Row.LeadTimeDays > 0
            ? offer.Row.LeadTimeDays : _suppliers.GetValueOrDefault(supplier)?.LeadTimeDays ?? 0;
        var day = _asOf.AddDays(days);
        Report(PlanSeverity.High, IssueCodes.DateMissing, part.Id, "order_lines", id, row,
            $"{row} has neither a promised day nor a day of need; it counts as coming on {Text.Day(day)}, the supplier's lead time of {days} days from today.", "Enter the day that the supplier promised.");
        return day;
    }

    /// <summary>
    /// Accepted, and converted into a line of an RFQ of which no order has come yet. Of an RFQ that was cancelled or no longer has the line nothing
    /// comes, and the need is proposed anew. One that was awarded without an order for the line brings nothing any more either, and is reported.
    /// </summary>
    private Task ReadAcceptedAsync(List<PlanReceipt> receipts, CancellationToken ct) => _sql.ReadAsync(
        """
        select r.id, r.part_id, r.quantity, r.need_by, r.supplier_id, c.number, q.number, q.status
        from procurement_recommendations r join planning_cycles c on c.id = r.cycle_id
            left join rfqs q on q.id = r.rfq_id and q.deleted_at is null
        where r.status = 'accepted' or (r.status = 'converted' and q.status <> 'cancelled' and exists (
            select from rfq_lines l where l.id = r.rfq_line_id and l.rfq_id = q.id) and not exists (
            select from order_lines l join orders o on o.id = l.order_id where l.rfq_line_id = r.rfq_line_id and o.deleted_at is null and o.status <> 'cancelled'))
        """,
        r =>
        {
            var (id, rfq) = (r.GetGuid(0), r.TextOrNull(6));
            var row = rfq is null ? $"Accepted in {r.GetString(5)}" : $"{rfq}, accepted in {r.GetString(5)}";
            if (Find(r.GetGuid(1), "procurement_recommendations", id, row) is not { } part)
            {
                return;
            }

            if (r.TextOrNull(7) == "awarded")
            {
                Report(PlanSeverity.High, IssueCodes.RfqWithoutOrder, part.Id, "procurement_recommendations", id, rfq ?? row,
                    $"{rfq} was awarded and no order stands for {part.Number}, which was accepted from the plan; it does not count as on its way.", "Order it, or let the plan propose it again.");
                return;
            }

            var (supplier, day) = (r.GuidOrNull(4), r.Day(3));
            Commit(supplier, part.Id, r.GetDecimal(2));
            if (day < _asOf)
            {
                Report(PlanSeverity.High, IssueCodes.DatePast, part.Id, "procurement_recommendations", id, row,
                    $"{Text.Figure(r.GetDecimal(2))} {_units[part.Units.UnitId].Code} of {part.Number} were accepted for {Text.Day(day)}, which is past, and no order stands for them; they count as coming today.", "Order them, or take the acceptance back.");
            }

            receipts.Add(new()
            {
                Id = id, MaterialId = part.Id, Quantity = r.GetDecimal(2), Date = day < _asOf ? _asOf : day, Kind = PlanReceiptKind.Accepted, RefText = row,
                SupplierName = supplier is { } s ? _suppliers.GetValueOrDefault(s)?.Name : null,
            });
        }, ct);

    /// <summary>What a contract has given already: received of orders placed while its terms hold. What is open and accepted counts whenever it was placed.</summary>
    private Task ReadReceivedAsync(CancellationToken ct) => _sql.ReadAsync(
        """
        select o.supplier_id, l.part_id, l.unit_id, sum(l.received_quantity)
        from supplier_parts s join orders o on o.supplier_id = s.supplier_id join order_lines l on l.order_id = o.id and l.part_id = s.part_id
        where s.deleted_at is null and s.contract_quantity_limit is not null and o.deleted_at is null and l.received_quantity > 0
            and (o.ordered_at at time zone 'UTC')::date between coalesce(s.valid_from, '-infinity') and coalesce(s.valid_to, 'infinity')
        group by o.supplier_id, l.part_id, l.unit_id
        """,
        r =>
        {
            if (_parts.TryGetValue(r.GetGuid(1), out var part) && Factor(r.GetGuid(2), part) is { } factor)
            {
                Commit(r.GetGuid(0), part.Id, Six(r.GetDecimal(3) * factor));
            }
        }, ct);

    /// <summary>What a stock list says is on order counts only where no order says so itself: else it would count twice.</summary>
    private void OnOrder(LoadedPart part, List<PlanReceipt> receipts)
    {
        var (key, row) = (part.StockId!.Value, $"The stock list's quantity on order of {part.Number}");
        if (part.HasOpenOrder)
        {
            Report(PlanSeverity.Low, IssueCodes.OnOrderIgnored, part.Id, "inventory", key, part.Number,
                $"The stock list has {Text.Figure(part.OnOrder)} {_units[part.Units.UnitId].Code} of {part.Number} on order without naming orders; the part has open orders of its own, and only they count.",
                "Set the quantity on order to 0, or enter the missing orders.");
            return;
        }

        if (part.OnOrderFor is null)
        {
            Report(PlanSeverity.Medium, IssueCodes.DateMissing, part.Id, "inventory", key, part.Number, $"{row} has no expected day; it counts as coming today.", "Enter the day on which it is expected.");
        }

        receipts.Add(new()
        {
            Id = key, MaterialId = part.Id, Quantity = part.OnOrder, Date = part.OnOrderFor ?? _asOf, Kind = PlanReceiptKind.PurchaseOrder, RefText = ByStockList,
        });
    }

    private async Task<List<PlanReservation>> ReadReservationsAsync(CancellationToken ct)
    {
        var reservations = new List<PlanReservation>();
        await _sql.ReadAsync("select id, part_id, quantity, needed_on, reference from reservations where deleted_at is null", r =>
        {
            var (id, reference, day) = (r.GetGuid(0), r.GetString(4), r.DayOrNull(3));
            if (Find(r.GetGuid(1), "reservations", id, $"The reservation for {reference}") is not { } part)
            {
                return;
            }

            if (day < _asOf)
            {
                Report(PlanSeverity.Low, IssueCodes.DatePast, part.Id, "reservations", id, reference,
                    $"{Text.Figure(r.GetDecimal(2))} {_units[part.Units.UnitId].Code} of {part.Number} are reserved for {reference} on {Text.Day(day.Value)}, which is past; they count as needed today.",
                    "Book what was taken, or give the reservation a new day.");
            }

            reservations.Add(new() { Id = id, MaterialId = part.Id, Quantity = r.GetDecimal(2), Date = day, RefText = reference });
        }, ct);
        return reservations;
    }

    private void NoFactor(LoadedPart part, string table, Guid key, string row, Guid unit, string consequence) => Report(
        PlanSeverity.Blocking, IssueCodes.UnitMissing, part.Id, table, key, row,
        $"{row} is in {_units[unit].Code}, and no factor leads to {_units[part.Units.UnitId].Code} of {part.Number}; {consequence}.",
        $"Say at {part.Number} how many {_units[part.Units.UnitId].Code} a {_units[unit].Code} holds.");
}
