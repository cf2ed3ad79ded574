namespace Sourcing.Web.Shared;

/// <summary>How loud a button is. One primary on a page; danger only destroys.</summary>
public enum ButtonKind
{
    Secondary,
    Primary,
    Danger,

    /// <summary>Without a border: in rows and bars.</summary>
    Quiet,
}
