using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>Keeps the keys that encrypt cookies and mailed links in the database, so that every server reads them. They outlive restarts.</summary>
internal sealed class DataProtectionKeys(DataSources sources) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = sources.Auth.CreateCommand("select xml from data_protection_keys order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = sources.Auth.CreateCommand("insert into data_protection_keys (friendly_name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
