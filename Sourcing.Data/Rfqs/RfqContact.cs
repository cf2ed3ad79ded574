namespace Sourcing.Data.Rfqs;

/// <summary>The buyer of an RFQ as its invited suppliers see them: a view that shows a supplier nothing but its own RFQs.</summary>
public sealed class RfqContact
{
    public Guid RfqId { get; private set; }

    public string FullName { get; private set; } = "";

    public string Email { get; private set; } = "";
}
