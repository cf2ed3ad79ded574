namespace Sourcing.Data.Catalog.Merging;

/// <summary>Everything that names a part. A test holds this list against the foreign keys of the database.</summary>
internal static class PartMoves
{
    /// <summary>Recommendations that somebody still acts on. Those that were rejected, converted or overtaken name the part as it was.</summary>
    private const string Open = "status in ('proposed', 'accepted')";

    public static readonly IReadOnlyList<MergeMove> All =
    [
        new("rfq_lines", "part_id", "RFQ lines"),
        new("order_lines", "part_id", "Order lines"),
        new("order_change_lines", "part_id", "Lines of change orders"),
        new("agreement_lines", "part_id", "Agreement lines"),
        new("supplier_parts", "part_id", "Supplier prices", Soft: true, Own: true),
        new("part_cross_references", "part_id", "Cross-references", Soft: true, Own: true),
        new("part_cross_references", "other_part_id", "Cross-references of other parts", Soft: true, Own: true),
        new("part_unit_conversions", "part_id", "Unit conversions", Soft: true, Own: true),
        new("bills_of_materials", "part_id", "", Own: true),
        new("bom_lines", "parent_part_id", "Components of its bill of materials", Soft: true, Own: true),
        new("bom_lines", "component_part_id", "Places in bills of materials", Soft: true, Own: true),
        new("inventory", "part_id", "", Own: true),
        new("stock_movements", "part_id", "Stock movements", Own: true),
        new("reservations", "part_id", "Reservations", Soft: true),
        new("forecasts", "part_id", "Forecasts", Soft: true, Own: true),
        new("planning_parameters", "part_id", "Planning parameters", Own: true),
        new("procurement_recommendations", "part_id", "Open recommendations", Where: Open),
        new("sales_order_lines", "part_id", "Sales order lines", Soft: true),
        new("sales_history", "part_id", "Sales"),
        new("demand_history", "part_id", "Demand records"),
        new("attachments", "owner_id", "Files", Soft: true, Where: "owner_type = 'parts'"),
        new("name_aliases", "target_id", "Names learnt from files", Where: "kind = 'part'"),
        new("parts", "merged_into", "Parts merged into it before"),
    ];

    /// <summary>What hangs on rows that move, and so comes along by itself: told in the preview.</summary>
    public static readonly IReadOnlyList<MergeMove> Following =
    [
        new("quote_lines q join rfq_lines l on l.id = q.rfq_line_id", "l.part_id", "Lines of quotes"),
        new("receipts r join order_lines l on l.id = r.order_line_id", "l.part_id", "Receipts", Where: "r.deleted_at is null"),
        new("invoice_lines i join order_lines l on l.id = i.order_line_id", "l.part_id", "Invoice lines"),
    ];

    /// <summary>Results of cycles that are over: they tell of the part as it was planned, under the number it had then.</summary>
    public static readonly IReadOnlyList<string> Kept = ["planned_requirements", "planning_messages", "planning_issues", "sku_forecasts"];
}
