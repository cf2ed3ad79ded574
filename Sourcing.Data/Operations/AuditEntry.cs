namespace Sourcing.Data.Operations;

/// <summary>One change of one record, written by the database's own trigger. Never updated, never deleted.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }

    /// <summary>The transaction's moment.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The database's transaction: changes of one act share it.</summary>
    public long TransactionId { get; private set; }

    /// <summary>Who did it; null for the migrator.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>The name at that time.</summary>
    public string ActorName { get; private set; } = "";

    public string TableName { get; private set; } = "";

    /// <summary>The record's key; for an import's batch the key of the import.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>The record to whose history this belongs as well: the RFQ of a line. Null when it stands alone.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>insert, update, delete or batch.</summary>
    public string Action { get; private set; } = "";

    /// <summary>JSON object of the changed columns' old values.</summary>
    public string? OldValues { get; private set; }

    /// <summary>JSON object of the changed columns' new values.</summary>
    public string? NewValues { get; private set; }
}
