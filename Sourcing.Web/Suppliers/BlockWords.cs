using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Suppliers;

/// <summary>What a block is called.</summary>
public static class BlockWords
{
    /// <summary>Blocked for RFQs.</summary>
    public static string Of(SupplierBlock block) => block switch
    {
        SupplierBlock.Rfq => "Blocked for RFQs",
        SupplierBlock.Order => "Blocked for orders",
        _ => "Not blocked",
    };

    /// <summary>The same within a sentence: blocked for RFQs.</summary>
    public static string Within(SupplierBlock block) => char.ToLowerInvariant(Of(block)[0]) + Of(block)[1..];
}
