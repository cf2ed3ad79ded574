using Npgsql;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Benchmarks;

/// <summary>
/// Puts a made-up mill (<see cref="PlanInstance"/>) into the tables as a company would have it: parts in categories that carry the parameters, stock, bills of
/// materials, five hundred suppliers with prices, orders of fifty lines, forecasts and customers' orders.
/// </summary>
internal sealed class PlanMill(Sandbox sandbox, PlanInput input)
{
    private const int Suppliers = 500;
    private const int LinesOfAnOrder = 50;

    // History of every row would take longer than the rows, and is not what is measured.
    private static readonly string[] Tables =
        ["parts", "part_categories", "suppliers", "supplier_parts", "price_breaks", "inventory", "bills_of_materials", "bom_lines", "orders", "order_lines", "forecasts", "sales_order_lines", "planning_parameters"];

    private readonly Dictionary<string, Guid> _categories = [];
    private readonly Guid[] _suppliers = [.. Enumerable.Range(0, Suppliers).Select(_ => Guid.CreateVersion7())];
    private Guid _kilogram, _piece;
    private int _shift;

    public async Task FillAsync()
    {
        foreach (var table in Tables)
        {
            await sandbox.SqlAsync($"alter table {table} disable trigger user");
        }

        await sandbox.SqlAsync("insert into units (id, code, name, dimension, factor) values (gen_random_uuid(), 'pcs', 'Pieces', 'count', 1), (gen_random_uuid(), 'kg', 'Kilogram', 'mass', 1) on conflict do nothing");
        (_kilogram, _piece) = (await sandbox.ScalarAsync<Guid>("select id from units where code = 'kg'"), await sandbox.ScalarAsync<Guid>("select id from units where code = 'pcs'"));
        var today = await sandbox.ScalarAsync<DateOnly>("select current_date");
        _shift = today.AddDays(-(((int)today.DayOfWeek + 6) % 7)).DayNumber - input.AsOf.DayNumber;
        await ParametersAsync();
        await PartsAsync();
        await SuppliersAsync();
        await OrdersAsync();
        await DemandAsync();
        foreach (var table in Tables)
        {
            await sandbox.SqlAsync($"alter table {table} enable trigger user");
        }

        await sandbox.SqlAsync("vacuum analyze");
    }

    private DateOnly Day(DateOnly day) => day.AddDays(_shift);

    private static string Word<T>(T value) where T : struct, Enum => Data.Common.Words.Snake(value.ToString());

    private string CategoryOf(PlanMaterial material) => $"{material.LotMethod}-{material.SafetyMethod?.ToString() ?? "none"}-{material.MadeLeadTimeDays}";

    private async Task ParametersAsync()
    {
        var kinds = input.Materials.GroupBy(CategoryOf).ToDictionary(g => g.Key, g => g.First());
        foreach (var kind in kinds.Keys)
        {
            _categories[kind] = Guid.CreateVersion7();
        }

        await CopyAsync("part_categories (id, code, name)", kinds.Keys.Select(k => new object?[] { _categories[k], k.Length > 40 ? k[..40] : k, k }));
        const string plan = "bucket, buckets, working_days, back_days, forward_days, prod_plan_weight, sales_history_weight, projection_weight, manual_weight, other_weight, past_due, negative_stock, forecast_mode, normalise_rounded_boms, release_window_days, critical_share_cap, score_cost";
        object?[] figures = ["week", 52, false, 28, 14, 0.9m, 0.8m, 0.7m, 0.7m, 0.5m, "first_bucket", "clamp", "blend", false, 56, 0.7m, 0m];
        await CopyAsync($"planning_parameters (id, scope, category_id, lot_rule, fixed_quantity, safety_method, made_lead_time_days, review_days, {plan})",
        [
            [Guid.CreateVersion7(), "plan", null, "automatic", null, "none", 7, 7, .. figures],
            .. kinds.Select(k => (object?[])[Guid.CreateVersion7(), "category", _categories[k.Key], Word(k.Value.LotMethod), 500m, k.Value.SafetyMethod is { } safety ? Word(safety) : "none", k.Value.MadeLeadTimeDays, 0, .. figures]),
        ]);
    }

    private async Task PartsAsync()
    {
        await CopyAsync("parts (id, number, name, description, type, category_id, unit_id, is_critical, standard_cost, popularity, quote_count, order_count)",
            input.Materials.Select(m => new object?[] { m.Id, m.Number, m.Name, "", m.IsMade ? (m.Demand is null ? "component" : "finished_good") : "raw_material", _categories[CategoryOf(m)], m.Unit == "kg" ? _kilogram : _piece, m.IsCritical, m.StandardCost, 0m, 0, 0 }));
        await CopyAsync("inventory (id, part_id, on_hand, allocated, open_po_quantity)", input.Materials.Select(m => new object?[] { Guid.CreateVersion7(), m.Id, m.OnHand, 0m, 0m }));
        await CopyAsync("bills_of_materials (id, part_id, yield, is_phantom, note)", input.Materials.Where(m => m.IsMade).Select(m => new object?[] { Guid.CreateVersion7(), m.Id, m.Yield, false, "" }));
        var units = input.Materials.ToDictionary(m => m.Id, m => m.Unit == "kg" ? _kilogram : _piece);
        await CopyAsync("bom_lines (id, parent_part_id, component_part_id, quantity_per, unit_id, is_share, scrap_rate, valid_from, position)",
            input.BomLines.Select(l => new object?[] { l.LineId, l.ParentId, l.ComponentId, l.QuantityPer, units[l.ComponentId], false, l.Scrap, new DateOnly(2000, 1, 1), 0 }));
    }

    private async Task SuppliersAsync()
    {
        await CopyAsync("suppliers (id, code, name, category, region, country, contact_name, email, phone, website, address, reliability_score, risk_level, is_active, blocked_for, payment_terms, currency, incoterm, tax_id, notes)",
            _suppliers.Select((s, i) => new object?[] { s, $"S-{i:0000}", $"Supplier {i}", "", "", "", "", "", "", "", "", 0.9m, "low", true, "none", "", "EUR", "", "", "" }));
        var offers = input.Offers.Select((o, i) => (Offer: o, Id: Guid.CreateVersion7(), Supplier: _suppliers[i % Suppliers])).ToList();
        await CopyAsync("supplier_parts (id, supplier_id, part_id, unit_cost, currency, moq_quantity, order_multiple, lead_time_days, contract_quantity_limit, reliability_score, ordering_cost, holding_cost_rate, preferred)",
            offers.Select(o => new object?[]
            {
                o.Id, o.Supplier, o.Offer.MaterialId, o.Offer.Tiers[0].UnitPrice, "EUR", o.Offer.Moq > 0 ? o.Offer.Moq : null, o.Offer.OrderMultiple > 0 ? o.Offer.OrderMultiple : null, o.Offer.LeadTimeDays,
                o.Offer.ContractLimit, o.Offer.Reliability, 100m, 0.25m, false,
            }));
        await CopyAsync("price_breaks (id, supplier_part_id, minimum_quantity, unit_cost)",
            offers.SelectMany(o => o.Offer.Tiers.Skip(1).Select(t => new object?[] { Guid.CreateVersion7(), o.Id, t.From, Math.Round(t.UnitPrice, 4) })));
    }

    private async Task OrdersAsync()
    {
        var units = input.Materials.ToDictionary(m => m.Id, m => m.Unit);
        var orders = input.Receipts.Chunk(LinesOfAnOrder).Select((lines, i) => (Id: Guid.CreateVersion7(), Number: $"PO-{i:000000}", Lines: lines, Supplier: _suppliers[i % Suppliers])).ToList();
        await CopyAsync("orders (id, number, source, supplier_id, buyer_id, status, payment_status, currency, subtotal, freight, tax_rate, tax, total, payment_terms, incoterm, ship_to, note, is_at_risk, received_share, contact_name, contact_email, supplier_email, close_reason, reopen_reason, cancel_reason)",
            orders.Select(o => new object?[] { o.Id, o.Number, "manual", o.Supplier, sandbox.User.Id, "draft", "unpaid", "EUR", 0m, 0m, 0m, 0m, 0m, "", "", "", "", false, 0m, "", "", "", "", "", "" }));
        await CopyAsync("order_lines (id, order_id, line_no, part_id, part_number, supplier_part_number, description, quantity, unit_id, unit, unit_price, amount, received_quantity, rejected_quantity, promised_date)",
            orders.SelectMany(o => o.Lines.Select((l, i) => new object?[] { l.Id, o.Id, 10 * (i + 1), l.MaterialId, "", "", "Line", l.Quantity, units[l.MaterialId] == "kg" ? _kilogram : _piece, units[l.MaterialId], 1m, l.Quantity, 0m, 0m, Day(l.Date) })));
    }

    private async Task DemandAsync()
    {
        await CopyAsync("forecasts (id, part_id, source, date, period, quantity, confidence, reason, revision)",
            input.Forecasts.Select(f => new object?[] { Guid.CreateVersion7(), f.MaterialId, f.Source, Day(f.PeriodStart), "week", f.Quantity, f.Confidence, "", 1 }));
        await CopyAsync("sales_order_lines (id, number, line_no, part_id, customer, quantity, shipped_quantity, ship_on, status)",
            input.FirmOrders.Select((o, i) => new object?[] { o.Id, $"SO-{i / 10:000000}", (i % 10) + 1, o.MaterialId, "Customer", o.Quantity, 0m, Day(o.DueDate), "open" }));
        await StatisticsAsync([.. input.Materials.Where(m => m.Demand is not null)]);
    }

    /// <summary>A finished round of forecasting, for the safety stocks.</summary>
    private async Task StatisticsAsync(PlanMaterial[] styles)
    {
        var (cycle, keys) = (Guid.CreateVersion7(), Array.ConvertAll(styles, _ => Guid.CreateVersion7()));
        await sandbox.SqlAsync("insert into forecast_cycles (id, number, origin, period, horizon, started_at, finished_at, parts, short_histories) values ($1, 'FC-1', current_date, 'week', 1, now(), now(), $2, 0)", cycle, styles.Length);
        await sandbox.SqlAsync(
            """
            insert into sku_forecasts (id, forecast_cycle_id, part_id, method, demand_class, parameters, observations, rmse, candidates, outliers)
            select id, $1, part, 'ses', 'smooth', '{}', 52, rmse, '[]', '[]' from unnest($2, $3, $4) v(id, part, rmse)
            """, cycle, keys, Array.ConvertAll(styles, s => s.Id), Array.ConvertAll(styles, s => s.Demand!.Sigma));
        await CopyAsync("sku_forecast_points (sku_forecast_id, date, mean, p10, p50, p90)",
            styles.Select((s, i) => new object?[] { keys[i], Day(input.AsOf), s.Demand!.Mean, 0m, s.Demand.Mean, s.Demand.Mean }));
    }

    private async Task CopyAsync(string target, IEnumerable<object?[]> rows)
    {
        await using var connection = await sandbox.Sources.Migrator.OpenConnectionAsync();
        await using var importer = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)");
        importer.Timeout = TimeSpan.FromMinutes(10);
        foreach (var row in rows)
        {
            await importer.StartRowAsync();
            foreach (var value in row)
            {
                await (value is null ? importer.WriteNullAsync() : importer.WriteAsync(value));
            }
        }

        await importer.CompleteAsync();
    }
}
