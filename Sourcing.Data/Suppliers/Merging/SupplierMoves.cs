using Sourcing.Data.Catalog.Merging;

namespace Sourcing.Data.Suppliers.Merging;

/// <summary>Everything that names a supplier. A test holds this list against the foreign keys of the database.</summary>
internal static class SupplierMoves
{
    private const string Open = "status in ('proposed', 'accepted')";

    public static readonly IReadOnlyList<MergeMove> All =
    [
        new("orders", "supplier_id", "Orders", Soft: true),
        new("invoices", "supplier_id", "Invoices", Soft: true),
        new("agreements", "supplier_id", "Agreements", Soft: true),
        new("quotes", "supplier_id", "Quotes", Own: true),
        new("rfq_invitations", "supplier_id", "Invitations to RFQs", Own: true),
        new("rfq_round_answers", "supplier_id", "Answers in earlier rounds", Own: true),
        new("rfq_questions", "supplier_id", "Questions about RFQs", Own: true),
        new("supplier_parts", "supplier_id", "Prices", Soft: true, Own: true),
        new("supplier_contacts", "supplier_id", "Contacts", Soft: true, Own: true),
        new("supplier_users", "supplier_id", "Portal users", Soft: true),
        new("procurement_recommendations", "supplier_id", "Open recommendations", Where: Open),
        new("procurement_recommendations", "recommended_supplier_id", "", Where: Open),
        new("supplier_kpis", "supplier_id", "", Own: true),
        new("supplier_scorecards", "supplier_id", "", Own: true),
        new("attachments", "owner_id", "Files", Soft: true, Where: "owner_type = 'suppliers'"),
        new("attachments", "supplier_id", "Files that it sent", Soft: true),
        new("outbox_messages", "supplier_id", "Messages"),
        new("name_aliases", "target_id", "Other names", Where: "kind = 'supplier'"),
        new("suppliers", "merged_into", "Suppliers merged into it before"),
    ];

    /// <summary>What was sealed names who sealed it, as its receipt and the log do; it is found by its quote, which comes along.</summary>
    public static readonly IReadOnlyList<string> Kept = ["sealed_bids"];
}
