using System.Security.Cryptography;

namespace Sourcing.Data.Operations;

/// <summary>A file that belongs to a record.</summary>
public sealed class Attachment : Common.ISoftDeleted
{
    private Attachment()
    {
    }

    /// <summary>A file that this app made, such as a purchase order. What people upload goes through <see cref="AttachmentService"/>.</summary>
    /// <param name="ownerType">Table of the record: rfqs, rfq_lines, quotes, orders, parts, suppliers.</param>
    public Attachment(string ownerType, Guid ownerId, string fileName, string mediaType, byte[] content, bool visibleToSupplier, Guid? supplierId = null)
        : this(ownerType, ownerId, fileName, mediaType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), visibleToSupplier, supplierId) =>
        Content = content;

    internal Attachment(string ownerType, Guid ownerId, string fileName, string mediaType, long size, string sha256, bool visibleToSupplier, Guid? supplierId)
    {
        Id = Guid.CreateVersion7();
        (OwnerType, OwnerId, FileName, MediaType, Size, Sha256, VisibleToSupplier, SupplierId) =
            (RecordKinds.Of(ownerType).Table, ownerId, fileName, mediaType, size, sha256, visibleToSupplier, supplierId);
    }

    public Guid Id { get; private set; }

    public string OwnerType { get; private set; } = "";

    public Guid OwnerId { get; private set; }

    /// <summary>Without any path; 1 to 255 characters.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>As found in the content, not as claimed.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Never loaded with lists: project to what is needed.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>Invited suppliers may download it.</summary>
    public bool VisibleToSupplier { get; private set; }

    /// <summary>The supplier who sent it; null when it came from inside.</summary>
    public Guid? SupplierId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>Shows it to the suppliers of its record, or hides it. What a supplier sent stays visible to them.</summary>
    public void ShowToSupplier(bool visible)
    {
        if (SupplierId is not null)
        {
            throw new Common.RefusedException("This file came from the supplier, so they can see it anyway.");
        }

        VisibleToSupplier = visible;
    }
}
