namespace Sourcing.Data.Imports.Kinds;

/// <summary>How the delivery history of the Supply Chain Management System is read: which words stand where a number or date belongs, and what they mean.</summary>
internal static class ScmsMapping
{
    private const string InAnotherRow = @"See (?:ASN|DN)-\d+ \(ID#:(\d+)\)";

    public static readonly ImportMapping Mapping = new("order_history", "SCMS delivery history", new()
    {
        Columns = new()
        {
            ["order_number"] = "PO / SO #", ["line_no"] = "ID", ["rfq"] = "PQ #", ["rfq_date"] = "PQ First Sent to Client Date", ["supplier"] = "Vendor", ["item"] = "Item Description",
            ["category"] = "Product Group", ["quantity"] = "Line Item Quantity", ["unit_price"] = "Pack Price", ["line_value"] = "Line Item Value", ["order_date"] = "PO Sent to Vendor Date",
            ["due_date"] = "Scheduled Delivery Date", ["delivered_date"] = "Delivered to Client Date", ["shipment"] = "ASN/DN #", ["mode"] = "Shipment Mode", ["weight"] = "Weight (Kilograms)",
            ["freight"] = "Freight Cost (USD)", ["incoterm"] = "Vendor INCO Term", ["ship_to"] = "Country",
        },
        Constants = new() { ["unit"] = "pack", ["currency"] = "USD" },
        Rules =
        [
            new("rfq", RuleTest.Is, "Pre-PQ Process", RuleAction.Empty),
            new("rfq_date", RuleTest.Is, "Pre-PQ Process", RuleAction.Empty),
            new("rfq_date", RuleTest.Is, "Date Not Captured", RuleAction.Empty),
            new("order_date", RuleTest.Is, "Date Not Captured", RuleAction.Empty),
            new("order_date", RuleTest.Is, "N/A - From RDC", RuleAction.Empty),
            new("incoterm", RuleTest.Is, "N/A - From RDC", RuleAction.Empty),
            new("mode", RuleTest.Is, "N/A", RuleAction.Empty),
            new("weight", RuleTest.Is, "Weight Captured Separately", RuleAction.Empty),
            new("weight", RuleTest.Matches, InAnotherRow, RuleAction.InAnotherRow, "line_no"),
            new("freight", RuleTest.Is, "Freight Included in Commodity Cost", RuleAction.Empty),
            new("freight", RuleTest.Is, "Invoiced Separately", RuleAction.Empty),
            new("freight", RuleTest.Matches, InAnotherRow, RuleAction.InAnotherRow, "line_no"),
        ],
    });
}
