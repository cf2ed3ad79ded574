using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>A table whose records people know by name: who may see and change them, in one place for files, history and restoring.</summary>
/// <param name="Table">The table.</param>
/// <param name="Word">One record of it, as said in a sentence.</param>
/// <param name="Read">Who may see its files and its history.</param>
/// <param name="Write">Who may add and remove files and restore a record.</param>
/// <param name="Portal">Suppliers may see files marked for them; which ones is decided by row-level security.</param>
public sealed record RecordKind(string Table, string Word, Permission Read, Permission Write, bool Portal = false);

/// <summary>The kinds by table.</summary>
public static class RecordKinds
{
    /// <summary>In the order of the navigation.</summary>
    public static readonly IReadOnlyList<RecordKind> All =
    [
        new("parts", "part", Permission.PartsRead, Permission.PartsWrite),
        new("part_categories", "category", Permission.PartsRead, Permission.PartsWrite),
        new("units", "unit", Permission.PartsRead, Permission.PartsWrite),
        new("part_cross_references", "cross-reference", Permission.PartsRead, Permission.PartsWrite),
        new("part_unit_conversions", "unit conversion", Permission.PartsRead, Permission.PartsWrite),
        new("supplier_parts", "supplier price", Permission.PartsRead, Permission.PartsWrite),
        new("price_breaks", "price break", Permission.PartsRead, Permission.PartsWrite),
        new("merges", "merge", Permission.PartsRead, Permission.PartsWrite),
        new("suppliers", "supplier", Permission.SuppliersRead, Permission.SuppliersWrite),
        new("supplier_contacts", "contact", Permission.SuppliersRead, Permission.SuppliersWrite),
        new("scorecard_templates", "scorecard template", Permission.SuppliersRead, Permission.SuppliersWrite),
        new("scorecard_criteria", "criterion", Permission.SuppliersRead, Permission.SuppliersWrite),
        new("scorecard_standings", "standing", Permission.SuppliersRead, Permission.SuppliersWrite),
        new("rfqs", "RFQ", Permission.RfqsRead, Permission.RfqsWrite, Portal: true),
        new("rfq_lines", "RFQ line", Permission.RfqsRead, Permission.RfqsWrite, Portal: true),
        new("rfq_invitations", "invitation", Permission.RfqsRead, Permission.RfqsWrite),
        new("rfq_addenda", "addendum", Permission.RfqsRead, Permission.RfqsWrite),
        new("rfq_questions", "question", Permission.RfqsRead, Permission.RfqsWrite),
        new("rfq_rounds", "round", Permission.RfqsRead, Permission.RfqsWrite),
        new("rfq_round_answers", "answer in an earlier round", Permission.RfqsRead, Permission.RfqsWrite),
        new("quotes", "quote", Permission.RfqsRead, Permission.RfqsWrite, Portal: true),
        new("quote_lines", "quote line", Permission.RfqsRead, Permission.RfqsWrite),
        new("quote_price_breaks", "price break of a quote", Permission.RfqsRead, Permission.RfqsWrite),
        new("quote_revisions", "quote revision", Permission.RfqsRead, Permission.RfqsWrite),
        new("quote_drafts", "quote draft", Permission.RfqsRead, Permission.RfqsWrite),
        new("rfq_seals", "seal of a round", Permission.RfqsRead, Permission.RfqsWrite),
        new("sealed_bids", "sealed bid", Permission.RfqsRead, Permission.RfqsWrite),
        new("sealed_copies", "supplier's copy of a sealed bid", Permission.RfqsRead, Permission.RfqsWrite),
        new("opened_bids", "opened bid", Permission.RfqsRead, Permission.RfqsWrite),
        new("award_decisions", "award", Permission.RfqsRead, Permission.RfqsAward),
        new("awards", "award", Permission.RfqsRead, Permission.RfqsAward),
        new("orders", "order", Permission.OrdersRead, Permission.OrdersWrite, Portal: true),
        new("order_lines", "order line", Permission.OrdersRead, Permission.OrdersWrite),
        new("receipts", "receipt", Permission.OrdersRead, Permission.OrdersWrite),
        new("shipments", "shipment", Permission.OrdersRead, Permission.OrdersWrite, Portal: true),
        new("order_payments", "payment", Permission.OrdersRead, Permission.OrdersWrite),
        new("order_date_changes", "proposed date", Permission.OrdersRead, Permission.OrdersWrite),
        new("order_internals", "order, internal part", Permission.OrdersRead, Permission.OrdersWrite),
        new("order_changes", "change order", Permission.OrdersRead, Permission.OrdersWrite),
        new("order_change_lines", "line of a change order", Permission.OrdersRead, Permission.OrdersWrite),
        new("invoices", "invoice", Permission.OrdersRead, Permission.OrdersWrite),
        new("invoice_lines", "invoice line", Permission.OrdersRead, Permission.OrdersWrite),
        new("agreements", "agreement", Permission.OrdersRead, Permission.OrdersWrite),
        new("agreement_lines", "agreement line", Permission.OrdersRead, Permission.OrdersWrite),
        new("agreement_breaks", "price break of an agreement", Permission.OrdersRead, Permission.OrdersWrite),
        new("order_settings", "settings of orders", Permission.SettingsManage, Permission.SettingsManage),
        new("inventory", "stock", Permission.PlanningRead, Permission.PlanningWrite),
        new("stock_movements", "stock movement", Permission.PlanningRead, Permission.PlanningWrite),
        new("reservations", "reservation", Permission.PlanningRead, Permission.PlanningWrite),
        new("bills_of_materials", "bill of materials", Permission.PlanningRead, Permission.PlanningWrite),
        new("bom_lines", "component", Permission.PlanningRead, Permission.PlanningWrite),
        new("planning_parameters", "planning parameters", Permission.PlanningRead, Permission.PlanningWrite),
        new("forecasts", "forecast", Permission.PlanningRead, Permission.PlanningWrite),
        new("sales_order_lines", "sales order line", Permission.PlanningRead, Permission.PlanningWrite),
        new("sales_history", "sale", Permission.PlanningRead, Permission.PlanningWrite),
        new("demand_history", "demand", Permission.PlanningRead, Permission.PlanningWrite),
        new("forecast_cycles", "forecast round", Permission.PlanningRead, Permission.PlanningWrite),
        new("planning_cycles", "planning cycle", Permission.PlanningRead, Permission.PlanningWrite),
        new("procurement_recommendations", "recommendation", Permission.PlanningRead, Permission.PlanningAccept),
        new("customers", "customer", Permission.CustomersRead, Permission.CustomersWrite),
        new("customer_contacts", "customer's contact", Permission.CustomersRead, Permission.CustomersWrite),
        new("customer_responsibilities", "responsibility for a customer", Permission.CustomersRead, Permission.SalesManage),
        new("rfq_requests", "request for an RFQ", Permission.CustomersRead, Permission.CustomersWrite),
        new("order_sales", "customer's side of an order", Permission.CustomersRead, Permission.OrdersWrite),
        new("sales_teams", "sales team", Permission.CustomersRead, Permission.UsersManage),
        new("sales_reps", "representative", Permission.CustomersRead, Permission.UsersManage),
        new("sales_quotas", "quota", Permission.SalesManage, Permission.SalesManage),
        new("sales_notes", "note", Permission.NotesUse, Permission.NotesUse),
        new("chapters", "chapter", Permission.ChaptersManage, Permission.ChaptersManage),
        new("chapter_seats", "seat in a chapter", Permission.ChaptersManage, Permission.ChaptersManage),
        new("members", "member", Permission.ChaptersManage, Permission.ChaptersManage),
        new("membership_terms", "membership", Permission.ChaptersManage, Permission.ChaptersManage),
        new("member_contacts", "contact data of a member", Permission.ChaptersManage, Permission.ChaptersManage),
        // The table is gone; its history is there.
        new("member_points", "points of a member", Permission.ChaptersManage, Permission.ChaptersManage),
        new("member_aliases", "other spelling of a member", Permission.ChaptersManage, Permission.ChaptersManage),
        new("external_parties", "person outside a chapter", Permission.ChaptersManage, Permission.ChaptersManage),
        new("meetings", "chapter meeting", Permission.ChaptersManage, Permission.ChaptersManage),
        new("attendances", "attendance", Permission.ChaptersManage, Permission.ChaptersManage),
        new("referrals", "referral", Permission.ChaptersManage, Permission.ChaptersManage),
        new("one_to_ones", "one-to-one", Permission.ChaptersManage, Permission.ChaptersManage),
        new("closed_business", "closed business", Permission.ChaptersManage, Permission.ChaptersManage),
        new("education_units", "education unit", Permission.ChaptersManage, Permission.ChaptersManage),
        new("testimonials", "testimonial", Permission.ChaptersManage, Permission.ChaptersManage),
        new("visitors", "visitor", Permission.ChaptersManage, Permission.ChaptersManage),
        new("monthly_reports", "monthly report", Permission.ChaptersManage, Permission.ChaptersManage),
        new("chapter_import_batches", "import of a chapter", Permission.ChaptersManage, Permission.ChaptersManage),
        new("score_schemes", "score scheme", Permission.ChaptersManage, Permission.ChaptersManage),
        new("chapter_scheme_choices", "choice of a score scheme", Permission.ChaptersManage, Permission.ChaptersManage),
        new("member_scores", "points of a closed month", Permission.ChaptersManage, Permission.ChaptersManage),
        new("chapter_alert_rules", "alert rules of a chapter", Permission.ChaptersManage, Permission.ChaptersManage),
        new("member_committee_notes", "note of the committee", Permission.ChaptersManage, Permission.ChaptersManage),
        new("import_runs", "import", Permission.ImportsRun, Permission.ImportsRun),
        new("import_mappings", "import mapping", Permission.ImportsRun, Permission.ImportsRun),
        new("name_aliases", "other name", Permission.ImportsRun, Permission.ImportsRun),
        new("users", "user", Permission.UsersManage, Permission.UsersManage),
        new("user_roles", "role of a user", Permission.UsersManage, Permission.UsersManage),
        new("supplier_users", "portal user", Permission.UsersManage, Permission.UsersManage),
        new("company_settings", "company", Permission.SettingsManage, Permission.SettingsManage),
        new("exchange_rates", "exchange rate", Permission.RfqsRead, Permission.SettingsManage),
        new("attachments", "file", Permission.RfqsRead, Permission.RfqsWrite),
    ];

    private static readonly Dictionary<string, RecordKind> ByTable = All.ToDictionary(k => k.Table);

    /// <summary>The kind of a table; null for a table that people do not know by name.</summary>
    public static RecordKind? Find(string table) => ByTable.GetValueOrDefault(table);

    /// <summary>The kind of a table; a fault for an unknown one, because tables are named by code and never by people.</summary>
    public static RecordKind Of(string table) =>
        Find(table) ?? throw new ArgumentException($"The table {table} is not among the record kinds: add it to {nameof(RecordKinds)}.", nameof(table));
}
