using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>Parts, their stock and their bills of materials.</summary>
internal sealed partial class PlanLoader
{
    private static readonly Dictionary<string, PartType> Types = Enum.GetValues<PartType>().ToDictionary(t => Words.Snake(t.ToString()));

    private async Task ReadPartsAsync(CancellationToken ct)
    {
        var factors = new Dictionary<Guid, Dictionary<Guid, decimal>>();
        await _sql.ReadAsync("select part_id, unit_id, factor from part_unit_conversions where deleted_at is null", r =>
        {
            if (!factors.TryGetValue(r.GetGuid(0), out var own))
            {
                factors[r.GetGuid(0)] = own = [];
            }

            own[r.GetGuid(1)] = r.GetDecimal(2);
        }, ct);
        var none = new Dictionary<Guid, decimal>();
        // Planned is what is stocked, made, used in something made, sold, forecast, reserved, accepted, or has parameters of its own. Whatever else is bought
        // (spare parts, consumables) has no need that a plan could know: its orders would all be told to be cancelled. A join, since a list of so many
        // parts is more than the server would keep in memory to look each part up in.
        await _sql.ReadAsync(
            """
            select p.id, p.number, p.name, p.type, p.unit_id, p.category_id, p.is_critical, p.standard_cost, p.deleted_at is not null,
                i.id, i.on_hand, i.open_po_quantity, i.po_expected_date, b.id, b.yield, b.is_phantom
            from parts p left join inventory i on i.part_id = p.id left join bills_of_materials b on b.part_id = p.id left join (
                select parent_part_id as part_id from bom_lines where deleted_at is null union select component_part_id from bom_lines where deleted_at is null
                union select part_id from forecasts where deleted_at is null union select part_id from sales_order_lines where deleted_at is null
                union select part_id from reservations where deleted_at is null union select part_id from planning_parameters where part_id is not null
                union select part_id from procurement_recommendations where status in ('accepted', 'converted')) planned on planned.part_id = p.id
            where i.id is not null or b.id is not null or planned.part_id is not null or p.deleted_at is not null or p.type = 'service'
            order by p.number, p.id
            """, r =>
        {
            var id = r.GetGuid(0);
            var part = new LoadedPart
            {
                Id = id, Number = r.GetString(1), Name = r.GetString(2), Type = Types[r.GetString(3)],
                Units = new(r.GetGuid(4), factors.GetValueOrDefault(id) ?? none), CategoryId = r.GuidOrNull(5), IsCritical = r.GetBoolean(6), StandardCost = r.DecimalOrNull(7),
                StockId = r.GuidOrNull(9), OnHand = r.DecimalOrNull(10) ?? 0, OnOrder = r.DecimalOrNull(11) ?? 0, OnOrderFor = r.DayOrNull(12),
                BomId = r.GuidOrNull(13), Yield = r.DecimalOrNull(14) ?? 1, IsPhantom = !r.IsDBNull(15) && r.GetBoolean(15),
            };
            (r.GetBoolean(8) || part.Type == PartType.Service ? _others : _parts)[id] = part;
        }, ct);
    }

    private async Task<List<PlanBomLine>> ReadBomsAsync(CancellationToken ct)
    {
        var lines = new List<PlanBomLine>();
        var mass = _units.AnyMass();
        await _sql.ReadAsync(
            "select id, parent_part_id, component_part_id, quantity_per, unit_id, is_share, scrap_rate, valid_from, valid_to from bom_lines where deleted_at is null", r =>
            {
                if (!_parts.TryGetValue(r.GetGuid(1), out var parent))
                {
                    return;
                }

                parent.HasLines = true;
                var (id, shared) = (r.GetGuid(0), r.GetBoolean(5));
                if (Find(r.GetGuid(2), "bom_lines", id, $"The bill of materials of {parent.Number}") is { } component)
                {
                    lines.Add(new()
                    {
                        ParentId = parent.Id, ComponentId = component.Id, QuantityPer = r.GetDecimal(3), IsPercentage = shared, Scrap = r.GetDecimal(6),
                        ValidFrom = r.Day(7) is var from && from > BomLine.Always ? from : null, ValidTo = r.DayOrNull(8), LineId = id,
                        LineRef = $"{component.Number} in {parent.Number}", Conversion = shared ? ShareFactor(parent, component, mass) : Factor(r.GetGuid(4), component),
                    });
                }
            }, ct);
        foreach (var part in _parts.Values.Where(p => p is { BomId: not null, HasLines: false }))
        {
            Report(PlanSeverity.High, IssueCodes.BomEmpty, part.Id, "bills_of_materials", part.BomId, part.Number,
                $"The bill of materials of {part.Number} has no lines, so nothing is planned for what it is made of.", "Add its components, or remove it if the part is bought.");
        }

        return lines;
    }

    /// <summary>Of the part's own unit in one of a unit, six decimals kept exact where the units are; null where nothing leads there.</summary>
    private decimal? Factor(Guid unit, LoadedPart part) => _units.FactorOrNull(unit, part.Units.UnitId, part.Units);

    /// <summary>Of the component's unit for a whole one of the parent's: the parent's mass, weighed out in the component.</summary>
    private decimal? ShareFactor(LoadedPart parent, LoadedPart component, Guid? mass) =>
        mass is { } unit ? _units.FactorOrNull(parent.Units.UnitId, unit, parent.Units) * _units.FactorOrNull(unit, component.Units.UnitId, component.Units) : null;
}
