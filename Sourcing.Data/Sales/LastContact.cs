namespace Sourcing.Data.Sales;

/// <summary>
/// When a representative last spoke with a customer: the newest of their notes about it that is no task. Kept by the database as notes are written, changed,
/// deleted and moved (172.notes.sql), because among millions of notes it is asked for a hundred thousand customers at once. Seen by whom the notes are.
/// </summary>
public sealed class LastContact
{
    private LastContact()
    {
    }

    public Guid CustomerId { get; private set; }

    public Guid SalesRepId { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }
}
