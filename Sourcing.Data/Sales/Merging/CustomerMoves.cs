using Sourcing.Data.Catalog.Merging;

namespace Sourcing.Data.Sales.Merging;

/// <summary>Everything that names a customer. A test holds this list against the foreign keys of the database.</summary>
internal static class CustomerMoves
{
    public static readonly IReadOnlyList<MergeMove> All =
    [
        new("order_sales", "customer_id", "Orders"),
        new("rfqs", "customer_id", "RFQs", Soft: true),
        new("rfq_requests", "customer_id", "Requests"),
        new("sales_notes", "customer_id", "Notes", Soft: true),
        new("customer_contacts", "customer_id", "Contacts", Soft: true),
        new("attachments", "owner_id", "Files", Soft: true, Where: "owner_type = 'customers'"),
        new("customers", "merged_into", "Customers merged into it before"),
    ];

    /// <summary>Who was responsible for the one that is given up stays its own history: the other has a line of its own.</summary>
    public static readonly IReadOnlyList<string> Kept = ["customer_responsibilities"];
}
